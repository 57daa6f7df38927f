import { randomInt } from 'node:crypto'
import { expect, type Page, type TestInfo } from '@playwright/test'
import { open, placeAt, signInAsAgent, siteOf, someoneOf } from './agent-house'
import { expectNoSidewaysScroll, expectNoViolation } from './house'
import { test } from './test'

const WEEK_MS = 7 * 86_400_000
const AGENT = 1
const main = (page: Page) => page.getByRole('main')

async function sound(page: Page) {
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
}

/**
 * Two weeks before Christmas, before or after anybody receives: of years of each project's own, of a day of each journey's
 * own, since they run at once.
 */
const someStart = ({ project }: TestInfo, day = 11) => {
  const year = (project.name === 'telephone' ? 2027 : 2028) + 2 * randomInt(2)
  return new Date(Date.UTC(year, 11, day, (randomInt(2) === 0 ? 4 : 18) + randomInt(3), 5 * randomInt(12)))
}
const after = (startAt: Date, weeks: number) => new Date(startAt.getTime() + weeks * WEEK_MS)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const dayWords = (at: Date) => new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long' }).format(at)
const inParis = (at: Date) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' }).format(at)

/** The step where the time is chosen, for somebody new. */
async function timeOf(page: Page) {
  const { motifId, organisationId, lieuId } = await siteOf(page, AGENT)
  const { usagerId, lastName } = await someoneOf(page, organisationId)
  const chosen = { motif: String(motifId), usagers: String(usagerId), agents: String(AGENT) }
  return { path: `/agent/rdvs/nouveau?${new URLSearchParams(chosen).toString()}`, lieuId, lastName }
}

test('an RDV is repeated: dates left out, one taken meanwhile and known, then those that follow cancelled', async ({
  page,
}, info) => {
  await signInAsAgent(page)
  const startAt = someStart(info)
  const { path, lieuId, lastName } = await timeOf(page)
  await open(page, `${path}&lieu=${lieuId}&debut=${startAt.toISOString().slice(0, 16)}Z`)
  await main(page).getByText('Répéter ce RDV').click()
  await main(page).getByRole('button', { name: 'Voir les dates' }).click()
  await expect(main(page).getByRole('alert')).toContainText('Indiquez jusqu’à quelle date')
  await sound(page)
  await main(page).getByLabel('Ou en tout, combien de RDV').fill('5')
  await main(page).getByRole('button', { name: 'Voir les dates' }).click()

  const dates = main(page).getByRole('group', { name: 'Dates' })
  await expect(main(page).getByRole('region', { name: 'Le rendez-vous' })).toContainText(/Tous les \S+s, jusqu’au/)
  await expect(dates).toContainText('Jour férié\u00a0: Noël.')
  await expect(dates.getByRole('checkbox')).toHaveCount(5)
  await sound(page)
  await dates.getByRole('button', { name: 'Décocher les 2\u00a0dates signalées' }).click()
  await expect(dates).toContainText('3\u00a0dates sur 5')

  // Somebody takes the second date between what is shown and what is confirmed.
  await placeAt(page, AGENT, after(startAt, 1))
  await main(page).getByRole('button', { name: 'Confirmer les 3\u00a0rendez-vous', exact: true }).click()
  const refusal = main(page).getByRole('alert').first()
  await expect(refusal).toContainText('Rien n’est placé')
  await expect(refusal).toContainText(dayWords(after(startAt, 1)))
  await expect(dates).toContainText('les deux se chevaucheront')
  await expect(dates).toContainText('3\u00a0dates sur 5')
  await sound(page)
  await main(page).getByRole('button', { name: 'Confirmer les 3\u00a0rendez-vous en le sachant' }).click()

  await expect(main(page).getByRole('status').first()).toContainText('Les rendez-vous sont placés')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(lastName.toUpperCase())
  await expect(main(page).getByRole('heading', { name: '1er RDV sur 3' })).toBeVisible()
  await main(page).getByText('Voir toutes les dates').click()
  await sound(page)
  await main(page)
    .getByRole('link', { name: new RegExp(dayWords(after(startAt, 1)).replace(' ', '\\s')) })
    .click()
  await expect(main(page).getByRole('heading', { name: '2e RDV sur 3' })).toBeVisible()
  await expect(main(page).getByText('Chevauche un autre RDV')).toBeVisible()
  const rdvPath = new URL(page.url()).pathname
  const day = dayOf(after(startAt, 1))
  for (const agenda of [
    `/agent?jour=${day}`,
    `/agent/tableau?agents=${AGENT}&jour=${day}`,
    `/agent/agenda?jour=${day}&vue=jour`,
  ]) {
    await page.goto(agenda)
    await expect(main(page).getByText('Chevauche un autre RDV').first(), agenda).toBeVisible()
    await sound(page)
  }

  await page.goto(rdvPath)
  await main(page).getByRole('link', { name: 'Annuler ce RDV et les suivants' }).click()
  await expect(main(page).getByRole('listitem')).toHaveCount(2)
  await sound(page)
  await main(page).getByLabel('L’usager s’est excusé').check()
  await main(page).getByRole('button', { name: 'Annuler les 2\u00a0RDV' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('Les rendez-vous sont annulés')
  await main(page).getByText('Voir toutes les dates').click()
  const all = main(page).getByRole('group').filter({ hasText: 'Voir toutes les dates' }).getByRole('listitem')
  await expect(all.filter({ hasText: 'Annulé (excusé)' })).toHaveCount(2)
  await expect(all.filter({ hasText: 'À venir' })).toHaveCount(1)
  await expect(main(page).getByRole('link', { name: /^Annuler/ })).toHaveCount(0)
})

test('an RDV is held at a place of its own, and hidden from its person', async ({ page }, info) => {
  await signInAsAgent(page)
  const startAt = someStart(info, 14)
  const { path } = await timeOf(page)
  await open(page, path)
  await main(page).getByLabel('Jour').fill(dayOf(startAt))
  await main(page).getByLabel('Heure').fill(inParis(startAt))
  await main(page).getByLabel('Lieu', { exact: true }).selectOption('autre')
  await main(page).getByLabel('Nom du lieu').fill('Salle des fêtes')
  await main(page).getByLabel('Adresse du lieu').fill('1 place de la Mairie')
  await expect(main(page).getByRole('list', { name: 'Adresses proposées' })).toBeVisible()
  await sound(page)
  await main(page).getByRole('button', { name: '1 Place de la Mairie 62950 Noyelles-Godault' }).click()
  await expect(main(page).getByLabel('Adresse du lieu')).toHaveValue(/62950 Noyelles-Godault$/)
  await main(page).getByRole('button', { name: 'Continuer' }).click()

  // What is typed stays out of the address, and outlives a reload.
  await page.waitForURL(/lieu=autre/)
  expect(decodeURIComponent(page.url())).not.toMatch(/Salle|Mairie/)
  await page.reload()
  await expect(main(page).getByLabel('Nom du lieu')).toHaveValue('Salle des fêtes')
  await main(page).getByLabel('L’usager voit ce RDV').uncheck()
  await expect(main(page)).toContainText('Personne n’est prévenu')
  await sound(page)
  await main(page)
    .getByRole('button', { name: /^Confirmer/ })
    .click()
  await expect(main(page).getByRole('status').first()).toContainText('Le rendez-vous est placé')
  await expect(main(page)).toContainText('Salle des fêtes')
  await expect(main(page)).toContainText('Caché à l’usager')
  await sound(page)

  // It is in no list: neither for another RDV, nor to move this one elsewhere and back.
  await open(page, path)
  await expect(
    main(page)
      .getByLabel('Lieu', { exact: true })
      .getByRole('option', { name: /Salle des fêtes/ }),
  ).toHaveCount(0)
})
