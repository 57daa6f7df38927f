import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { ask, open, placeAt, signInAsAgent, siteOf } from './agent-house'
import { expectNoSidewaysScroll, expectNoViolation } from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')

test.beforeEach(({ page }) => signInAsAgent(page))

test('I note an absence, change its hours, then take it away', async ({ page }) => {
  const title = `Formation ${randomInt(1_000_000)}`
  await open(page, '/agent/absences')
  await expectNoViolation(page)
  await main(page).getByRole('link', { name: 'Ajouter une absence' }).click()
  await page.getByLabel('Type').selectOption('Formation')
  await page.getByLabel('Titre').fill(title)
  await page.getByLabel('Couleur dans l’agenda').selectOption('Prune')
  await page.getByLabel('Premier jour').fill('2041-03-05')
  await expect(page.getByLabel('Dernier jour')).toHaveValue('2041-03-05')
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')
  const line = main(page).getByRole('link', { name: new RegExp(title) })
  await expect(line).toContainText('Mardi 5 mars, toute la journée')

  await page.goto('/agent/semaine?semaine=2041-03-04')
  await expect(main(page)).toContainText(`Toute la journée${title}Formation`)
  await expectNoViolation(page)
  await page.goto('/agent?jour=2041-03-05')
  await main(page).getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await page.getByLabel('Journée entière').uncheck()
  await page.getByLabel('Heure de début').fill('14:00')
  await page.getByLabel('Heure de fin').fill('11:00')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('La fin est avant le début')
  await expectNoViolation(page)
  await page.getByLabel('Heure de fin').fill('16:30')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(line).toContainText(/de 14\sh à 16\sh\s30/)

  await line.click()
  await main(page).getByRole('button', { name: 'Supprimer cette absence' }).click()
  await main(page).getByRole('button', { name: 'Supprimer', exact: true }).click()
  await expect(main(page).getByRole('status')).toContainText('supprimé')
  await expect(line).toHaveCount(0)
})

test('before an absence is saved, I see the RDV it would meet', async ({ page }) => {
  // The demo's agent has a full day, whatever the day.
  await open(page, '/agent/absences/nouvelle')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('pendant cette absence')
  await expect(page.getByRole('region', { name: 'RDV concernés' }).getByRole('link').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Enregistrer quand même' })).toBeVisible()
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  await page.getByRole('link', { name: 'Annuler' }).click()
  await expect(page).toHaveURL(/\/agent\/absences$/)
})

type Line = { id: number; version: number; title: string; firstDay: string }

test('two agents are away each week: I cancel an RDV, move two, at once and later, then change one date', async ({
  page,
}) => {
  test.setTimeout(120_000)
  // A Tuesday that no other run takes, before anybody works.
  const at = new Date(Date.UTC(2028, 0, 4) + randomInt(180) * 7 * 86_400_000)
  const day = (days: number) => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const inHours = (hours: number) => new Date(at.getTime() + hours * 3_600_000)
  const [first, second, third] = [
    await placeAt(page, 1, inHours(2.5)),
    await placeAt(page, 1, inHours(3.5)),
    await placeAt(page, 1, inHours(4.5)),
  ]
  const { motifId, ...where } = await siteOf(page, 1)
  const evening = { firstDay: day(0), startMin: 17 * 60, endMin: 1440, rrule: null, onHolidays: true }
  const opened = { agentIds: [1], target: null, title: 'Permanence du soir', motifIds: [motifId], known: null }
  await ask(page, 'booking.saveOpening', 'mutation', { ...opened, ...where, ...evening })
  const title = `Réunion ${randomInt(1_000_000)}`
  await open(page, '/agent/absences/nouvelle')
  await page.getByLabel('Type').selectOption('Réunion')
  await page.getByLabel('Titre').fill(title)
  await page.getByText('Aussi pour des collègues').click()
  await main(page).getByRole('listitem').getByRole('checkbox').first().check()
  await page.getByLabel('Premier jour').fill(day(0))
  await page.getByLabel('Journée entière').uncheck()
  await page.getByLabel('Heure de début').fill('02:00')
  await page.getByLabel('Heure de fin').fill('07:00')
  await page.getByLabel('Rythme').selectOption('Chaque semaine')
  await page.getByLabel(/^Jusqu’au/).fill(day(21))
  await expect(main(page)).toContainText('Tous les mardis, jusqu’au')
  await page.getByRole('button', { name: 'Enregistrer' }).click()

  const hurt = page.getByRole('region', { name: 'RDV concernés' })
  const choices = (lastName: string) => hurt.getByRole('group', { name: lastName.toLocaleUpperCase('fr') })
  for (const { lastName } of [first, second, third])
    await expect(choices(lastName).getByRole('radio', { name: 'Garder' })).toBeChecked()
  await choices(first.lastName).getByRole('radio', { name: 'Annuler' }).check()
  const timeOf = ({ lastName }: { lastName: string }) => choices(lastName).getByLabel('Nouvel horaire')
  for (const { lastName } of [second, third]) await choices(lastName).getByRole('radio', { name: 'Déplacer' }).check()
  await timeOf(third).selectOption('Plus tard, je choisirai')
  await expect(timeOf(second).getByRole('option').first()).toContainText(/à\s1[78]\sh/)
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
  // Meanwhile, somebody else takes that time.
  const taken = new Date(await timeOf(second).inputValue())
  await placeAt(page, 1, taken)
  const save = page.getByRole('button', { name: /Enregistrer, déplacer un\sRDV et annuler un\sRDV/ })
  await save.click()
  await expect(main(page).getByRole('alert').filter({ hasText: 'certains choix' })).toContainText('n’est plus libre')
  await expect(timeOf(third)).toHaveValue('plus-tard')
  await expectNoViolation(page)
  await timeOf(second).selectOption({ index: 1 })
  const chosen = await timeOf(second).inputValue()
  await save.click()
  const said = main(page).getByRole('status')
  await expect(said).toContainText('Un RDV est déplacé')
  await expect(said).toContainText('Un RDV est annulé')
  const toMove = page.getByRole('region', { name: /à déplacer/ })
  await expect(toMove.getByRole('link')).toHaveAttribute('href', `/agent/rdvs/${third.rdvId}/deplacer`)
  await expectNoViolation(page)
  const nowOf = async ({ rdvId }: { rdvId: number }) => {
    const { status, startAt } = await ask<{ status: string; startAt: Date }>(page, 'booking.getRdv', 'query', { rdvId })
    return [status, startAt.toISOString()]
  }
  expect(chosen).not.toBe(taken.toISOString())
  expect([await nowOf(first), await nowOf(second), await nowOf(third)]).toEqual([
    ['revoked', inHours(2.5).toISOString()],
    ['unknown', chosen],
    ['unknown', inHours(4.5).toISOString()],
  ])

  await main(page).getByRole('link', { name: title }).click()
  await main(page)
    .locator(`a[href$="?jour=${day(7)}"]`)
    .click()
  await expect(page).toHaveURL(/jour=/)
  const own = Number(new URL(page.url()).pathname.split('/').at(-1))
  await open(page, `/agent/absences/${own}?jour=${day(7)}&portee=celle-ci`)
  await page.getByLabel('Jour', { exact: true }).fill(day(9))
  // Meanwhile, elsewhere, another date goes.
  const { version } = await ask<Line>(page, 'scheduling.getAbsence', 'query', { absenceId: own })
  const gone = { id: own, version, scope: 'this', day: day(14) }
  await ask(page, 'scheduling.deleteAbsence', 'mutation', { target: gone })
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('alert')).toContainText('changement entre-temps')
  await open(page, page.url())
  await page.getByLabel('Jour', { exact: true }).fill(day(9))
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(main(page).getByRole('status')).toContainText('enregistrée')

  const isAbsence = (one: Line) => one.title === title
  const agendas = await ask<{ agentId: number; level: string }[]>(page, 'access.listAgendas', 'query', {})
  const writable = agendas.flatMap(({ agentId, level }) => (level === 'write' ? [agentId] : []))
  const listed = await Promise.all(
    [1, ...writable.filter((agentId) => agentId !== 1)].map((agentId) =>
      ask<Line[]>(page, 'scheduling.listAbsences', 'query', { agentId, period: 'current' }),
    ),
  )
  const both = listed.flat().filter(isAbsence)
  expect(both).toHaveLength(2)
  const span = { agentId: 1, fromDay: day(7), toDay: day(15) }
  const { away } = await ask<{ away: { title: string; startAt: Date }[] }>(page, 'booking.listAgendaOf', 'query', span)
  const days = away.filter((one) => one.title === title).map(({ startAt }) => startAt.toISOString().slice(0, 10))
  expect(days).toEqual([day(9)])

  await page.goto(`/agent/tableau?agents=1&vue=semaine&jour=${day(9)}`)
  await expect(main(page).getByText(title)).toHaveCount(1)
  await expect(main(page).getByText(title).locator('..')).toContainText('(Réunion)')
  for (const { id, version: seen, firstDay } of both)
    await ask(page, 'scheduling.deleteAbsence', 'mutation', {
      target: { id, version: seen, scope: 'all', day: firstDay },
    })
})

test('the secretary writes the midwife’s absences, her colleagues do not', async ({ page }) => {
  await signInAsAgent(page, 'sandrine.lefebvre')
  await page.goto('/agent/agendas/1')
  await main(page).getByRole('link', { name: 'Ses absences' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Absences de Claire Dubois' })).toBeVisible()
  await main(page).getByLabel('Agent').selectOption('Moi')
  await main(page).getByRole('button', { name: 'Voir' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mes absences' })).toBeVisible()
  await main(page).getByLabel('Agent').selectOption('Claire Dubois')
  await main(page).getByRole('button', { name: 'Voir' }).click()
  await main(page).getByRole('link', { name: 'Ajouter une absence' }).click()
  await expect(main(page)).toContainText('Agenda de Claire Dubois')

  await signInAsAgent(page, 'julie.delmotte')
  for (const path of ['/agent/absences?agent=1', '/agent/absences/nouvelle?agent=1']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1, name: 'Page introuvable' })).toBeVisible()
  }
})
