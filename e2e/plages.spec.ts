import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage, open, placeAt, signInAsAgent, siteOf } from './agent-house'
import { test } from './test'

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
  await page.getByLabel('Jour', { exact: true }).fill('2041-03-20')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')

  await open(page, `/agent/plages?texte=${encodeURIComponent(title)}`)
  await main(page).getByRole('link', { name: title }).click()
  await expect(main(page).getByRole('link', { name: /Mercredi 20 mars 2041/ })).toContainText(
    'Au lieu du mardi 19 mars',
  )
  await expectSoundPage(page)

  // One date elsewhere is an opening of its own; one taken away is put back.
  const list = `/agent/plages?texte=${encodeURIComponent(title)}`
  const series = page.url()
  await open(page, `${series}?jour=2041-04-16&portee=celle-ci`)
  await main(page).getByText('Recevoir ailleurs, pour d’autres motifs').click()
  await page.getByLabel('Lieu').selectOption({ index: 2 })
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')
  await open(page, list)
  await expect(main(page).getByRole('link', { name: title })).toHaveCount(2)
  await open(page, series)
  await expectSoundPage(page)
  await follow(page, 'Remettre le mardi 16 avril 2041')
  await expect(main(page)).toContainText('Cette date est supprimée')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  // The date is taken by the opening of its own, at the same hours.
  await expect(main(page)).toContainText(title)
  await page.getByRole('button', { name: 'Enregistrer quand même' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')
  await open(page, series)
  await expect(main(page).getByRole('link', { name: /Mardi 16 avril 2041/ })).toBeVisible()

  for (const left of [1, 0]) {
    await open(page, list)
    await main(page).getByRole('link', { name: title }).first().click()
    await expect(main(page).getByRole('heading', { level: 1, name: title })).toBeVisible()
    const all = main(page).getByRole('link', { name: 'Changer toutes les dates' })
    if (await all.isVisible()) await follow(page, 'Changer toutes les dates')
    await main(page).getByRole('button', { name: 'Supprimer cette plage' }).click()
    await main(page).getByRole('button', { name: 'Supprimer', exact: true }).click()
    await expect(main(page).getByRole('status')).toContainText('supprimé')
    await expect(main(page).getByRole('link', { name: title })).toHaveCount(left)
  }
})

test('before one date is moved, I see who has an RDV then; free times follow', async ({ page }) => {
  await signInAsAgent(page)
  const { motifId, organisationId, lieuId } = await siteOf(page, 1)
  // A Monday that no other run takes, before anybody works.
  const at = new Date(Date.UTC(2028, 0, 3) + randomInt(200) * 7 * 86_400_000)
  const day = (days: number) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const hours = { startMin: 3 * 60, endMin: 5 * 60 }
  const saved = await ask<{ value: { ids: number[] } }>(page, 'booking.saveOpening', 'mutation', {
    agentIds: [1],
    target: null,
    organisationId,
    lieuId,
    motifIds: [motifId],
    title: 'Permanence de nuit',
    firstDay: day(0),
    ...hours,
    rrule: 'FREQ=WEEKLY;BYDAY=MO',
    onHolidays: true,
    known: null,
  })
  const [id = 0] = saved.value.ids
  const { lastName } = await placeAt(page, 1, new Date(at.getTime() + 2.5 * 3_600_000))

  await open(page, `/agent/plages/${id}?jour=${day(0)}&portee=celle-ci`)
  await page.getByLabel('Jour', { exact: true }).fill(day(2))
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('region', { name: 'RDV concernés' })).toContainText(lastName.toLocaleUpperCase('fr'))
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Enregistrer quand même' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')

  type Found = { days: { onDay: string; slots: { lieuId: number | null }[] }[] }
  const search = { motifId, agents: [1], groupIds: [], lieux: 'any', fromDay: day(0), together: false }
  const { days } = await ask<Found>(page, 'booking.searchAgentSlots', 'query', search)
  const night = await ask<{ openings: { startAt: Date }[] }>(page, 'booking.getBoard', 'query', {
    which: { kind: 'agents', agentIds: [1] },
    fromDay: day(0),
    toDay: day(2),
  })
  expect(days.map(({ onDay }) => onDay)).toContain(day(2))
  const atNight = night.openings.map(({ startAt }) => startAt).filter((start) => start.getUTCHours() < 4)
  expect(atNight.map((start) => start.toISOString().slice(0, 10))).toEqual([day(2)])

  const { version } = await ask<{ version: number }>(page, 'scheduling.getOpening', 'query', { openingId: id })
  const target = { id, version, scope: 'all', day: day(0) }
  const { known } = await ask<{ known: string | null }>(page, 'booking.judgeOpeningDeletion', 'query', {
    target,
    known: null,
  })
  expect(await ask(page, 'booking.deleteOpening', 'mutation', { target, known })).toMatchObject({ ok: true })
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
  await expect(page.getByRole('region', { name: 'RDV concernés' }).getByRole('link').first()).toHaveAttribute(
    'href',
    /\/agent\/rdvs\/\d+/,
  )
  await expectSoundPage(page)
  await page.getByRole('button', { name: 'Garder', exact: true }).click()
  await expect(leftBehind).toHaveCount(0)
})

test('the secretary writes the midwife’s openings, her colleagues do not', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await page.goto('/agent/agendas/1')
  await page.getByRole('main').getByRole('link', { name: 'Ses plages d’ouverture' }).click()
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toHaveText('Plages d’ouverture de Claire Dubois')
  await page.getByLabel('Agent', { exact: true }).selectOption('Moi')
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await expect(title).toHaveText('Mes plages d’ouverture')
  await expectSoundPage(page)

  await signInAsAgent(page, 'julie.delmotte')
  for (const path of ['/agent/plages?agent=1', '/agent/plages/nouvelle?agent=1']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
  }
})
