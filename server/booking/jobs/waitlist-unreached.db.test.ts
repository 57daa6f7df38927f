import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, NOW, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { bookSlot } from '../commands/book-slot'
import { joinWaitlistByLink } from '../commands/join-waitlist'
import { settleOffers } from '../commands/settle-offers'
import { fillWaitlist } from './waitlist'

/** Offers that nobody heard of: the gateway is down, or the number is no good. */
const { db } = await ownDatabase()
let here: BookablePlace

const TEN = new Date(NOW.getTime() + 3 * 3_600_000)
const at = (minutes: number) => ({ now: new Date(TEN.getTime() + minutes * 60_000) })
const fill = (minutes: number) => fillWaitlist(ctxFor(db, at(minutes)), { territoryId: here.territory.id })

/** One slot alone is left before the RDVs of who waits, on Wednesday at nine. */
beforeEach(async () => {
  await db.execute(sql`delete from rate_limits`)
  here = await makeBookablePlace(db, { motif: { usagerMayMove: false, minLeadMin: 27 * 60 } })
})
async function waiting(startAt: string) {
  const outcome = await bookSlot(ctxFor(db, at(0)), bookingQuestion(here, new Date(startAt)))
  if (!outcome.ok) throw new Error(outcome.reason)
  const joined = await joinWaitlistByLink(ctxFor(db, at(0)), { token: tokenOf('rdv-link', outcome.value.linkId) })
  expect(joined).toMatchObject({ ok: true })
  return outcome.value.rdvId
}
const leaveOne = async () => {
  for (const clock of ['08:30', '09:00', '09:30', '10:00', '10:30'])
    await bookSlot(ctxFor(db, at(0)), bookingQuestion(here, new Date(`2027-03-03T${clock}:00Z`)))
  await db.execute(sql`
    insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
    values (${here.agents[0]?.id}, 'Europe/Paris', 'Congé', '2027-03-04', 0, '2027-03-09', 1440)`)
}
async function openOffer() {
  const [row] = await db.execute<{ id: number; rdvId: number }>(sql`
    select o.id::float8 as id, e.rdv_id::float8 as "rdvId" from waitlist_offers o join waitlist_entries e on e.id = o.entry_id
    where o.territory_id = ${here.territory.id} and o.state = 'open'`)
  return row
}
const untold = async (minutes: number) =>
  settleOffers(ctxFor(db, at(minutes)), { offerIds: [(await openOffer())?.id ?? 0], state: 'unreached' })

test('while the gateway is down, the slot goes to the next, and whoever heard of nothing keeps their turn for it', async () => {
  const [first, second] = [await waiting('2027-03-10T09:00:00Z'), await waiting('2027-03-11T09:00:00Z')]
  await leaveOne()
  await fill(0)
  expect(await openOffer()).toMatchObject({ rdvId: first })
  await untold(1)
  await fill(1)
  expect(await openOffer()).toMatchObject({ rdvId: second })
  await untold(2)
  expect(await fill(3)).toEqual({ offerCount: 0 })
  // It works again: the same slot, to who has waited longest.
  expect(await fill(20)).toEqual({ offerCount: 1 })
  expect(await openOffer()).toMatchObject({ rdvId: first })
})

test('whom nothing ever reaches is asked less and less often: no slot is held for them in a loop', async () => {
  await waiting('2027-03-10T09:00:00Z')
  await leaveOne()
  let offers = 0
  for (let minutes = 0; minutes < 9 * 60; minutes += 10) {
    offers += (await fill(minutes)).offerCount
    if (await openOffer()) await untold(minutes)
  }
  expect(offers).toBeGreaterThan(2)
  expect(offers).toBeLessThan(8)
})
