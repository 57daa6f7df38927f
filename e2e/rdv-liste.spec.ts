import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { expectSoundPage, open, placeAt, signInAsAgent, someName, statusAnswer } from './agent-house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

/** Far from what other journeys place. */
const someStart = () => new Date(Date.UTC(2029, 0, 1, 9) + randomInt(700) * 86_400_000 + randomInt(40) * 600_000)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)

test('an agent finds an RDV among those she may read, cancels it from the list, and takes it back', async ({
  page,
  isMobile,
}) => {
  await signInAsAgent(page)
  const startAt = someStart()
  const { rdvId, lastName } = await placeAt(page, 1, startAt)
  await open(page, `/agent/rdvs?periode=dates&du=${dayOf(startAt)}&au=${dayOf(startAt)}&colonnes=motif,creation`)
  const row = page.locator(isMobile ? `[data-rdv="${rdvId}"]` : `[data-row="${rdvId}"]`)
  await expect(row).toContainText(lastName.toUpperCase())
  if (!isMobile) await expect(row).toContainText('par un agent')
  await expectSoundPage(page)

  // By a name, in the address; and a span that makes no sense is said on its field, with what was typed.
  await main(page).getByLabel('Nom de l’usager').fill(lastName)
  await main(page).getByRole('button', { name: 'Afficher' }).click()
  await expect(page).toHaveURL(new RegExp(`personne=${lastName}`))
  await expect(main(page).locator('[data-rdv]')).toHaveCount(1)
  await main(page).getByLabel('Du', { exact: true }).fill('2029-05-03')
  await main(page).getByLabel('Au', { exact: true }).fill('2029-05-02')
  await main(page).getByRole('button', { name: 'Appliquer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Le dernier jour est avant le premier.')
  await expect(main(page).getByLabel('Du', { exact: true })).toHaveValue('2029-05-03')
  await expectSoundPage(page)
  await main(page).getByLabel('Du', { exact: true }).fill(dayOf(startAt))
  await main(page).getByLabel('Au', { exact: true }).fill(dayOf(startAt))
  await main(page).getByRole('button', { name: 'Appliquer' }).click()

  // Cancelling asks who cancels first.
  await page.waitForLoadState('networkidle')
  await row.getByRole('button', { name: /^Changer|^Annuler/ }).click()
  if (!isMobile)
    await row
      .getByRole('dialog')
      .getByRole('button', { name: /^Annuler…/ })
      .click()
  const answered = statusAnswer(page)
  await page.getByRole('button', { name: 'L’usager s’est excusé' }).filter({ visible: true }).click()
  await answered
  await expect(row).toContainText('Annulé (excusé)')
  const rebook = page.getByRole('status').getByRole('link', { name: 'Reprendre un RDV' })
  await expect(rebook).toHaveAttribute('href', /\/agent\/rdvs\/nouveau\?motif=\d+&usagers=\d+&agents=1&lieu=\d+$/)
  await rebook.focus()
  await expectSoundPage(page)
  const undone = statusAnswer(page)
  await page.getByRole('status').getByRole('button', { name: 'Défaire' }).click()
  await undone
  await expect(row).not.toContainText('Annulé (excusé)')
  await page.reload()
  await expect(row.getByRole('button', { name: /^Changer|^Annuler/ })).toBeVisible()
  await expect(row).not.toContainText('Annulé (excusé)')
})

test('filters kept under a name open the list, and go', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  const name = someName()
  await open(page, '/agent/rdvs?periode=passes&statut=noshow&tri=person&personne=martin')
  await main(page).getByText('Garder ce filtre', { exact: false }).first().click()
  await main(page).getByRole('button', { name: 'Garder ce filtre' }).click()
  await expect(main(page).getByText('Cette réponse manque')).toBeVisible()
  await main(page).getByLabel('Nom du filtre').fill(name)
  await main(page).getByRole('button', { name: 'Garder ce filtre' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('Le filtre est gardé.')
  const link = main(page).getByRole('region', { name: 'Mes filtres' }).getByRole('link', { name })
  // What was typed about a person is not kept.
  expect(await link.getAttribute('href')).toBe('/agent/rdvs?periode=passes&statut=noshow&tri=person')
  await expectSoundPage(page)
  await main(page).getByText('gérer mes filtres').click()
  const own = main(page)
    .getByRole('list', { name: 'Gérer mes filtres' })
    .getByRole('listitem')
    .filter({ hasText: name })
  await own.getByRole('button', { name: /^Supprimer/ }).click()
  await expect(main(page).getByRole('status').first()).toContainText('Le filtre est supprimé.')
  await expect(link).toHaveCount(0)
  await open(page, '/agent/rdvs/exports')
  await expectSoundPage(page)
})

test('a list is written to a file while one waits, for its author alone @nojs', async ({ page, browser }) => {
  await signInAsAgent(page)
  await page.goto('/agent/rdvs?periode=passes')
  await main(page).getByRole('button', { name: 'CSV' }).click()
  await expect(main(page).getByRole('heading', { level: 1 })).toContainText('Mes exports')
  const first = main(page).getByRole('list', { name: 'Exports' }).getByRole('listitem').first()
  const download = first.getByRole('link', { name: 'Télécharger le fichier' })
  await expect(async () => {
    if ((await download.count()) === 0) await main(page).getByRole('link', { name: 'Actualiser' }).click()
    await expect(download).toBeVisible({ timeout: 1000 })
  }).toPass()
  const path = (await download.getAttribute('href')) ?? ''
  const file = await page.request.get(path)
  expect(file.headers()['content-disposition']).toContain('.csv')
  const lines = (await file.text()).split('\r\n')
  expect(lines[0]).toContain('Date;Heure;')
  expect(lines.length).toBeGreaterThan(3)

  const other = await browser.newContext()
  const theirs = await other.newPage()
  await signInAsAgent(theirs, 'sandrine.lefebvre')
  expect((await theirs.request.get(path)).status()).toBe(404)
  await other.close()
})
