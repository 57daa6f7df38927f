import { expect, type Page } from '@playwright/test'
import { ask, expectSoundPage, open, signInAsAgent, someName } from './agent-house'
import { aDesk, bookAt, pageOf, smsLink } from './attente-house'
import {
  expectNoSidewaysScroll,
  expectNothingPersonalIn,
  expectNoViolation,
  fillCoordinates,
  somebody,
  times,
} from './house'
import { test } from './test'

const main = (page: Page) => page.getByRole('main')
const title = (page: Page) => page.getByRole('heading', { level: 1 })

async function expectSound(page: Page) {
  await expectNoViolation(page)
  await expectNoSidewaysScroll(page)
}

test('I wait for an earlier slot; somebody cancels by their link, I am offered theirs, and take it in one press', async ({
  page,
  browser,
  baseURL,
}) => {
  const desk = await aDesk(baseURL ?? '')
  await desk.open(20, 1)
  await desk.open(34, 1)
  const other = await pageOf(browser)
  const theirs = await bookAt(other, desk, 0)
  const mine = await bookAt(page, desk, 0)

  await page.goto(mine.path)
  await expectSound(page)
  await page.getByRole('button', { name: 'Me prévenir si un créneau se libère' }).click()
  await expect(main(page).getByRole('status')).toContainText('Vous êtes sur la file d’attente')
  await expectSound(page)

  await other.goto(theirs.path)
  await other.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await expect(main(other).getByRole('status')).toContainText('annulé')

  const offer = await smsLink(page, mine.person, /\/o\/[\w-]{20}/)
  // Held: nobody finds it online.
  await other.goto(desk.slotsHref)
  await expect(times(other)).toHaveCount(0)

  await page.goto(offer)
  await expect(title(page)).toHaveText(/Ce créneau vous convient-il/)
  await expect(main(page)).toContainText('gardé pour vous')
  await expectSound(page)
  expectNothingPersonalIn(page.url(), mine.person)
  // Sent without an answer, it answers nothing.
  await page.request.post(`${offer}/repondre`, {
    form: { geste: 'autre' },
    headers: { origin: new URL(page.url()).origin },
  })
  await page.reload()
  await expect(title(page)).toHaveText(/Ce créneau vous convient-il/)
  await page.getByRole('button', { name: 'Je prends ce créneau' }).click()
  await expect(page).toHaveURL(/\/r\/[\w-]{20}\?suite=plus-tot$/)
  await expect(main(page).getByRole('status')).toContainText('Ce créneau est à vous')
  await expectSound(page)

  // The time it leaves is free for others, and the link of the offer says what became of it.
  await expect(async () => {
    await other.goto(desk.slotsHref)
    await expect(times(other)).toHaveCount(1, { timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  await page.goto(offer)
  await expect(main(page)).toContainText('Vous avez accepté ce créneau')
  await expectSound(page)
})

test('no slot is left: I leave my number, am told of one, and have an appointment @nojs', async ({
  page,
  browser,
  baseURL,
}) => {
  const desk = await aDesk(baseURL ?? '')
  await desk.open(21, 1)
  const other = await pageOf(browser)
  const theirs = await bookAt(other, desk, 0)

  await page.goto(desk.slotsHref)
  await page.getByRole('link', { name: 'Me prévenir d’un créneau' }).click()
  await expect(title(page)).toHaveText('Être prévenu d’un créneau')
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Me prévenir' }).click()
  await expect(main(page).getByRole('alert')).toContainText('prénom')
  const me = somebody()
  await fillCoordinates(page, me)
  await page.getByRole('button', { name: 'Me prévenir' }).click()
  await expect(title(page)).toHaveText('Vous serez prévenu d’un créneau')
  await expectNoSidewaysScroll(page)
  expectNothingPersonalIn(page.url(), me)
  const wait = await smsLink(page, me, /\/attente\/[\w-]{20}/)
  await page.goto(wait)
  await expect(title(page)).toHaveText('Vous serez prévenu d’un créneau')

  await other.goto(theirs.path)
  await other.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await page.goto(await smsLink(page, me, /\/o\/[\w-]{20}/))
  await page.getByRole('button', { name: 'Je prends ce créneau' }).click()
  await expect(main(page).getByRole('status')).toContainText('Ce créneau est à vous')
  await expect(title(page)).toHaveText('Votre rendez-vous')
  await page.goto(wait)
  await expect(main(page)).toContainText('Vous avez trouvé un créneau')
})

test('I let an offer pass, then leave the list @telephone', async ({ page, browser, baseURL }) => {
  const desk = await aDesk(baseURL ?? '')
  await desk.open(22, 1)
  await desk.open(36, 1)
  const other = await pageOf(browser)
  const theirs = await bookAt(other, desk, 0)
  const mine = await bookAt(page, desk, 0)
  await page.goto(mine.path)
  await page.getByRole('button', { name: 'Me prévenir si un créneau se libère' }).click()
  await other.goto(theirs.path)
  await other.getByRole('button', { name: 'Annuler ce rendez-vous' }).click()
  await page.goto(await smsLink(page, mine.person, /\/o\/[\w-]{20}/))
  await page.getByRole('button', { name: 'Non, je garde ma date' }).click()
  await expect(title(page)).toHaveText('Ce créneau n’est plus proposé')
  await expect(main(page)).toContainText('Vous restez sur la file d’attente')
  await expectSound(page)
  await page.getByRole('link', { name: 'Voir mon rendez-vous' }).click()
  await page.getByRole('button', { name: 'Ne plus être prévenu' }).click()
  await expect(main(page).getByRole('status')).toContainText('Vous n’êtes plus sur la file d’attente')
})

test('an agent puts somebody on the list, and takes a slot that is kept, knowing it @bureau', async ({
  page,
  baseURL,
}) => {
  const desk = await aDesk(baseURL ?? '')
  await desk.open(23, 1)
  await desk.open(37, 1)
  const asker = { request: desk.admin }
  type Day = { slots: { startAt: Date }[] }
  const slotAt = async (index: number) => {
    const params = Object.fromEntries(new URL(desk.slotsHref, baseURL).searchParams)
    const day = new Date(Date.now() + (index === 0 ? 23 : 37) * 86_400_000).toISOString().slice(0, 10)
    const answer = await ask<{ page: { days: Day[] } }>(asker, 'booking.searchSlots', 'query', {
      ...{ ...params, service: Number(params.service), lieu: Number(params.lieu), du: day },
    })
    return answer.page.days[0]!.slots[0]!.startAt
  }
  const [soon, late] = [await slotAt(0), await slotAt(1)]
  const me = await ask<{ places: { organisationId: number }[] }>(asker, 'access.me', 'query', {})
  const answers = { firstName: 'Zoé', lastName: someName(), phone: '06 12 34 56 78' }
  const file = { organisationId: me.places[0]!.organisationId, responsibleId: null, answers, acknowledged: ['double'] }
  const created = await ask<{ value: { usagerId: number } }>(asker, 'people.createUsager', 'mutation', file)
  const { usagerId } = created.value
  const rdv = { motifId: desk.motifId, agentIds: [desk.agentId], lieuId: desk.lieuId, usagerIds: [usagerId] }
  const placed = await ask<{ value: { rdvId: number } }>(asker, 'booking.createRdv', 'mutation', {
    ...{ ...rdv, startAt: late, acknowledged: ['elsewhere', 'gap', 'overlap', 'absent'] },
  })
  await signInAsAgent(page, 'karim.benali')
  await open(page, `/agent/rdvs/${placed.value.rdvId}`)
  await page.getByRole('button', { name: 'Mettre sur la file d’attente' }).click()
  await expect(main(page).getByRole('status').first()).toContainText('sur la file d’attente')
  await expect(async () => {
    await page.reload()
    await expect(main(page)).toContainText('gardé jusqu’au', { timeout: 1000 })
  }).toPass({ timeout: 20_000 })
  await expectSoundPage(page)

  const person = main(page).getByRole('listitem').filter({ hasText: answers.lastName })
  await open(page, '/agent/attente')
  await expect(person).toContainText('gardé jusqu’au')
  await expectSoundPage(page)
  await open(page, `/agent/semaine?semaine=${new Date(soon).toISOString().slice(0, 10)}`)
  await expect(
    main(page)
      .getByText(/Tenu jusqu’au .*, pour une personne en attente/)
      .first(),
  ).toBeVisible()
  await expectSoundPage(page)

  const tried = { ...rdv, startAt: soon, acknowledged: ['elsewhere', 'gap', 'same-day', 'absent'] }
  const refused = await ask<{ ok: boolean; reason: string }>(asker, 'booking.createRdv', 'mutation', tried)
  expect(refused).toEqual({ ok: false, reason: 'to-confirm' })
  const taken = await ask<{ ok: boolean }>(asker, 'booking.createRdv', 'mutation', {
    ...tried,
    acknowledged: [...tried.acknowledged, 'held'],
  })
  expect(taken.ok).toBe(true)
  await open(page, `/agent/rdvs/${placed.value.rdvId}`)
  await expect(main(page)).toContainText('En attente d’un créneau plus tôt')
  await expect(main(page)).not.toContainText('gardé jusqu’au')

  await open(page, '/agent/attente')
  await person.getByRole('button', { name: 'Retirer' }).click()
  await expect(main(page).getByRole('status')).toContainText('n’est plus sur la file d’attente')
  await expect(person).toHaveCount(0)
})
