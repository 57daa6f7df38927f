import { randomInt } from 'node:crypto'
import { expect, test, type Page } from '@playwright/test'
import { expectSoundPage, open, signInAsAgent } from './agent-house'

const main = (page: Page) => page.getByRole('main')

/** To the page a link leads to, once its scripts have taken over. */
const follow = async (page: Page, name: string) =>
  open(page, (await main(page).getByRole('link', { name }).getAttribute('href')) ?? '')

test('I open every two weeks, move one date, then take it all away', async ({ page }, { project }) => {
  // Both projects write on the same agenda at the same time: apart, they do not overlap.
  const [start, end] = project.name === 'bureau' ? ['19:00', '21:00'] : ['06:00', '07:30']
  const title = `Permanence ${randomInt(1_000_000)}`
  await signInAsAgent(page)
  await page.goto('/agent/profil')
  await main(page).getByRole('link', { name: 'Mes plages d’ouverture' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mes plages d’ouverture' })).toBeVisible()
  await expectSoundPage(page)
  await open(page, '/agent/plages/nouvelle')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert').getByRole('link')).toHaveText([/titre/, /motif/])
  await expectSoundPage(page)

  await page.getByLabel('Titre').fill(title)
  await page.getByLabel('Lieu').selectOption({ index: 1 })
  await page.getByRole('group', { name: 'Motifs' }).getByRole('checkbox').first().check()
  await page.getByLabel('Premier jour').fill('2041-03-05')
  await page.getByLabel('Début').fill(start)
  await page.getByLabel('Fin', { exact: true }).fill(end)
  await page.getByLabel('Rythme').selectOption('Chaque semaine')
  await page.getByLabel('Tous les combien').selectOption('2')
  await expect(main(page)).toContainText(/Toutes les 2\ssemaines, les mardis, sans date de fin/)
  await expect(main(page).getByText('Mardi 19 mars 2041')).toBeVisible()
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')

  await page.goto(`/agent/plages?texte=${encodeURIComponent(title)}`)
  await expect(main(page).getByRole('listitem').filter({ hasText: title })).toHaveCount(1)
  await main(page).getByRole('link', { name: title }).click()
  await main(page)
    .getByRole('link', { name: /Mardi 19 mars 2041/ })
    .click()
  await expectSoundPage(page)
  await follow(page, 'Cette date seulement')
  await page.getByLabel('Jour').fill('2041-03-20')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')

  await open(page, `/agent/plages?texte=${encodeURIComponent(title)}`)
  await main(page).getByRole('link', { name: title }).click()
  await expect(main(page).getByRole('link', { name: /Mercredi 20 mars 2041/ })).toContainText(
    'Au lieu du mardi 19 mars',
  )
  await expectSoundPage(page)
  await follow(page, 'Changer toutes les dates')
  await main(page).getByRole('button', { name: 'Supprimer cette plage' }).click()
  await main(page).getByRole('button', { name: 'Supprimer', exact: true }).click()
  await expect(main(page).getByRole('status')).toContainText('supprimé')
  await expect(main(page).getByRole('link', { name: title })).toHaveCount(0)
})

test('before an opening is taken away, I see the RDVs it would leave behind', async ({ page }) => {
  await signInAsAgent(page)
  await page.goto('/agent/plages')
  const paths = await main(page)
    .locator('a[href^="/agent/plages/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  const leftBehind = main(page).getByRole('alert').filter({ hasText: 'plus sur cette plage' })
  for (const path of paths.filter((one) => /\/\d+$/.test(one))) {
    await open(page, `${path}?portee=toutes`)
    await main(page).getByRole('button', { name: 'Supprimer cette plage' }).click()
    await expect(page.getByRole('button', { name: 'Supprimer', exact: true })).toBeEnabled()
    if (await leftBehind.isVisible()) break
  }
  await expect(leftBehind.getByRole('link').first()).toHaveAttribute('href', /\/agent\/rdvs\/\d+/)
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Garder' }).click()
  await expect(leftBehind).toHaveCount(0)
})

test('the secretary writes the midwife’s openings, her colleagues do not', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await page.goto('/agent/plages?agent=1')
  await expect(page.getByRole('heading', { level: 1, name: 'Plages d’ouverture de Claire Dubois' })).toBeVisible()

  await signInAsAgent(page, 'julie.delmotte')
  for (const path of ['/agent/plages?agent=1', '/agent/plages/nouvelle?agent=1']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
  }
})
