import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, NOW, standing, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { tokenOf } from '@/server/platform/tokens'
import { acceptOffer } from '../commands/accept-offer'
import { bookSlot } from '../commands/book-slot'
import { cancelByLink } from '../commands/cancel-by-link'
import { createRdv } from '../commands/create-rdv'
import { declineOffer } from '../commands/decline-offer'
import { joinWaitlistByLink, joinWaitlistOfRdv } from '../commands/join-waitlist'
import { leaveWaitlistByLink } from '../commands/leave-waitlist'
import type { CreateRdv } from '../schema'
import { expireOffers, fillWaitlist, purgeWaits } from './waitlist'

const { db } = await ownDatabase()
let here: BookablePlace
/** More than a day's notice: what may be booked may be held. Open each day from 9 to 12, every half-hour. */
const NOTICED = { motif: { usagerMayMove: false, minLeadMin: 27 * 60 } }
beforeEach(async () => {
  here = await makeBookablePlace(db, NOTICED)
})

const HOUR_MS = 3_600_000
/** Ten in the morning in Paris: people may be written to. */
const TEN = new Date(NOW.getTime() + 3 * HOUR_MS)
const later = (ms: number) => new Date(TEN.getTime() + ms)
/** 9:00 of the day after next, in Paris: the first start that may be booked. */
const FIRST = new Date('2027-03-03T08:00:00Z')
const WEEK_LATER = new Date('2027-03-10T09:00:00Z')

/** An RDV booked online at this start, and its link. */
async function booked(startAt: Date, place = here) {
  const outcome = await bookSlot(ctxFor(db, { now: TEN }), bookingQuestion(place, startAt))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { ...outcome.value, token: tokenOf('rdv-link', outcome.value.linkId) }
}
const join = (token: string) => joinWaitlistByLink(ctxFor(db, { now: TEN }), { token })
async function waiting(startAt: Date) {
  const rdv = await booked(startAt)
  expect(await join(rdv.token)).toMatchObject({ ok: true })
  return rdv
}
/** As if a message about each open offer had left. */
const tell = () =>
  db.execute(sql`
    insert into messages (territory_id, offer_id, version, news, channel, recipient, state, state_at)
    select territory_id, id, 1, 'offer', 'sms', '+33612345678', 'sent', now() from waitlist_offers
    where territory_id = ${here.territory.id} and state = 'open' on conflict do nothing`)
const fill = (now = TEN) => fillWaitlist(ctxFor(db, { now }), { territoryId: here.territory.id })

type OfferRow = { id: number; rdvId: number | null; state: string; startMs: number; isHeld: boolean; token: string }
async function offers(): Promise<OfferRow[]> {
  const rows = await db.execute<Omit<OfferRow, 'token'>>(sql`
    select o.id::float8 as id, e.rdv_id::float8 as "rdvId", o.state, o.is_held as "isHeld",
           extract(epoch from o.starts_at)::float8 * 1000 as "startMs"
    from waitlist_offers o join waitlist_entries e on e.id = o.entry_id
    where o.territory_id = ${here.territory.id} order by o.id`)
  return rows.map((row) => ({ ...row, token: tokenOf('waitlist-offer', row.id) }))
}
const openOffers = async () => (await offers()).filter(({ state }) => state === 'open')
const offerAt = async (index: number): Promise<OfferRow> => {
  const offer = (await offers()).at(index)
  if (!offer) throw new Error('nothing was offered')
  return offer
}
async function entries() {
  const rows = await db.execute<{ rdvId: number; count: number; endedBy: string | null }>(sql`
    select rdv_id::float8 as "rdvId", offer_count as count, ended_by as "endedBy" from waitlist_entries
    where territory_id = ${here.territory.id} order by id`)
  return [...rows]
}
const holds = async () => {
  const rows = await db.execute(sql`
    select 1 from agent_times t join waitlist_offers o on o.id = t.offer_id where o.territory_id = ${here.territory.id}`)
  return rows.length
}
const startOf = async (rdvId: number) => {
  const [row] = await db.execute<{ ms: number }>(
    sql`select extract(epoch from starts_at)::float8 * 1000 as ms from rdvs where id = ${rdvId}`,
  )
  return new Date(row?.ms ?? 0)
}
const accept = (token: string, now = TEN) => acceptOffer(ctxFor(db, { now }), { token })

describe('a free slot', () => {
  test('is offered to who waits, and held: nobody else books it', async () => {
    const rdv = await waiting(WEEK_LATER)
    expect(await fill()).toEqual({ offerCount: 1 })
    expect(await offers()).toMatchObject([{ rdvId: rdv.rdvId, state: 'open', startMs: FIRST.getTime(), isHeld: true }])
    expect(await bookSlot(ctxFor(db, { now: TEN }), bookingQuestion(here, FIRST))).toEqual({
      ok: false,
      reason: 'slot-taken',
    })
  })

  test('accepted, takes the place of the RDV, whose time is free in the same breath', async () => {
    const rdv = await waiting(WEEK_LATER)
    await fill()
    expect(await accept((await offerAt(0)).token)).toMatchObject({ ok: true, value: { linkPath: `/r/${rdv.token}` } })
    expect(await startOf(rdv.rdvId)).toEqual(FIRST)
    expect([await holds(), await entries()]).toEqual([0, [{ rdvId: rdv.rdvId, count: 1, endedBy: 'served' }]])
    expect(await bookSlot(ctxFor(db, { now: TEN }), bookingQuestion(here, WEEK_LATER))).toMatchObject({ ok: true })
    expect(await standing(db, here)).toMatchObject({ overlaps: 0, rdvs: 2 })
  })

  test('pressed twice at once, is taken once', async () => {
    await waiting(WEEK_LATER)
    await fill()
    const { token } = await offerAt(0)
    const outcomes = await Promise.all([accept(token), accept(token), accept(token)])
    expect(tally(outcomes)).toEqual({ done: 3 })
    const moves = await db.execute(
      sql`select 1 from events where territory_id = ${here.territory.id} and kind = 'rdv.moved'`,
    )
    expect(moves).toHaveLength(1)
  })

  test('is offered to one person at a time, who has waited longest first', async () => {
    const [first, second] = [await waiting(WEEK_LATER), await waiting(new Date('2027-03-11T09:00:00Z'))]
    await fill()
    const made = await offers()
    expect(made.map(({ rdvId }) => rdvId)).toEqual([first.rdvId, second.rdvId])
    expect(new Set(made.map(({ startMs }) => startMs)).size).toBe(2)
  })

  test('is of no use less than two days before the RDV', async () => {
    const rdv = await booked(new Date('2027-03-03T09:00:00Z'))
    expect(await join(rdv.token)).toMatchObject({ ok: true })
    expect(await fill()).toEqual({ offerCount: 0 })
  })

  test('let pass goes to the next, and comes back to who let it pass last', async () => {
    const [first, second] = [await waiting(WEEK_LATER), await waiting(new Date('2027-03-11T09:00:00Z'))]
    await fill()
    await declineOffer(ctxFor(db, { now: later(60_000) }), { token: (await offerAt(0)).token })
    await declineOffer(ctxFor(db, { now: later(120_000) }), { token: (await offerAt(1)).token })
    await fill(later(180_000))
    const made = await offers()
    expect(made.map(({ rdvId }) => rdvId)).toEqual([first.rdvId, second.rdvId, first.rdvId, second.rdvId])
    expect(made[2]?.startMs).toBe(made[1]?.startMs)
  })

  test('is offered three times, and no more', async () => {
    const rdv = await waiting(WEEK_LATER)
    for (let round = 0; round < 5; round++) {
      await fill(later(round * 60_000))
      for (const { token } of await openOffers())
        await declineOffer(ctxFor(db, { now: later(round * 60_000) }), { token })
    }
    expect(await offers()).toHaveLength(3)
    expect([await holds(), await entries()]).toEqual([0, [{ rdvId: rdv.rdvId, count: 3, endedBy: 'exhausted' }]])
  })

  test('not answered in time is free again', async () => {
    await waiting(WEEK_LATER)
    await fill()
    await tell()
    await expireOffers(ctxFor(db, { now: later(2 * HOUR_MS - 1) }))
    expect(await holds()).toBe(1)
    await expireOffers(ctxFor(db, { now: later(2 * HOUR_MS) }))
    expect([await holds(), (await offerAt(0)).state]).toEqual([0, 'expired'])
    expect(await accept((await offerAt(0)).token, later(2 * HOUR_MS))).toEqual({ ok: false, reason: 'offer-over' })
  })

  test('wakes nobody', async () => {
    await waiting(WEEK_LATER)
    expect(await fill(new Date('2027-03-01T21:30:00Z'))).toEqual({ offerCount: 0 })
    expect(await fill(new Date('2027-03-07T10:00:00Z'))).toEqual({ offerCount: 0 })
  })

  test('is as long as the RDV it brings forward', async () => {
    const rdv = await booked(WEEK_LATER)
    await db.execute(sql`update rdvs set ends_at = starts_at + interval '75 minutes' where id = ${rdv.rdvId}`)
    // Nothing so long is left that day between these.
    for (const clock of ['08:30', '09:30']) await booked(new Date(`2027-03-03T${clock}:00Z`))
    await join(rdv.token)
    await fill()
    expect((await offerAt(0)).startMs).toBe(new Date('2027-03-04T08:00:00Z').getTime())
    await accept((await offerAt(0)).token)
    const [row] = await db.execute(
      sql`select (extract(epoch from ends_at - starts_at) / 60)::integer as min from rdvs where id = ${rdv.rdvId}`,
    )
    expect(row).toEqual({ min: 75 })
  })
})

describe('a slot within a day', () => {
  const SOON = new Date('2027-03-01T10:00:00Z')
  beforeEach(async () => {
    here = await makeBookablePlace(db, { motif: { usagerMayMove: false } })
    // Only one is left today, and none tomorrow nor the day after.
    for (const clock of ['09:30', '10:30']) await booked(new Date(`2027-03-01T${clock}:00Z`))
    await db.execute(sql`
      insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
      values (${here.agents[0]?.id}, 'Europe/Paris', 'Congé', '2027-03-02', 0, '2027-03-09', 1440)`)
  })
  const people = async (count: number) => {
    const rdvs = []
    for (let i = 0; i < count; i++)
      rdvs.push(await waiting(new Date(Date.UTC(2027, 2, 10 + Math.floor(i / 6), 8, 30 * (i % 6)))))
    return rdvs
  }

  test('is held for nobody, and offered to three', async () => {
    await people(5)
    expect(await fill()).toEqual({ offerCount: 3 })
    expect((await offers()).map(({ startMs, isHeld }) => [startMs, isHeld])).toEqual(
      Array.from({ length: 3 }, () => [SOON.getTime(), false]),
    )
    expect(await holds()).toBe(0)
  })

  test('goes to the first who answers, and counts for nobody else', async () => {
    await people(3)
    await fill()
    const outcomes = await Promise.all((await offers()).map(({ token }) => accept(token)))
    expect(tally(outcomes)).toEqual({ done: 1, 'slot-gone': 2 })
    expect(await standing(db, here)).toMatchObject({ overlaps: 0 })
    expect((await entries()).map(({ count }) => count).sort()).toEqual([0, 0, 1])
  })

  test('taken by somebody else just before their time is out, does not count', async () => {
    await people(1)
    await fill()
    await tell()
    // Two hours to answer would be beyond its start: it stands until then.
    await booked(SOON)
    await expireOffers(ctxFor(db, { now: later(2 * HOUR_MS) }))
    expect([(await offerAt(0)).state, (await entries())[0]?.count]).toEqual(['lost', 0])
  })

  test('may go to anybody online meanwhile', async () => {
    await people(1)
    await fill()
    await booked(SOON)
    expect(await accept((await offerAt(0)).token)).toEqual({ ok: false, reason: 'slot-gone' })
    expect((await offerAt(0)).state).toBe('lost')
  })
})

describe('who waits', () => {
  test('waits once for one RDV, however often they ask', async () => {
    const rdv = await waiting(WEEK_LATER)
    const outcomes = await Promise.all([join(rdv.token), join(rdv.token)])
    expect([tally(outcomes), await entries()]).toMatchObject([{ done: 2 }, [{ rdvId: rdv.rdvId }]])
  })

  test('may be put there by an agent, for an RDV that does not move online', async () => {
    const actor = adminOf(here, here.agents[0]?.id ?? 0)
    await db.execute(sql`update motifs set usager_may_cancel = false where id = ${here.motif.id}`)
    const rdvId = await placed({ startAt: WEEK_LATER })
    expect(await joinWaitlistOfRdv(ctxFor(db, { actor, now: TEN }), { rdvId })).toMatchObject({ ok: true })
    await fill()
    expect(await accept((await offerAt(0)).token)).toMatchObject({ ok: true })
    expect(await startOf(rdvId)).toEqual(FIRST)
  })

  test('whom no message reaches is not put there', async () => {
    const actor = adminOf(here, here.agents[0]?.id ?? 0)
    const { id } = await makeUsager(db, here.territory.id)
    const rdvId = await placed({ startAt: WEEK_LATER, usagerIds: [id] })
    expect(await joinWaitlistOfRdv(ctxFor(db, { actor, now: TEN }), { rdvId })).toEqual({
      ...{ ok: false, reason: 'not-reached' },
    })
  })

  test('leaves, and what they were offered is free', async () => {
    const rdv = await waiting(WEEK_LATER)
    await fill()
    await leaveWaitlistByLink(ctxFor(db, { now: TEN }), { token: rdv.token })
    expect([await holds(), await entries()]).toMatchObject([0, [{ endedBy: 'left' }]])
    expect(await accept((await offerAt(0)).token)).toEqual({ ok: false, reason: 'slot-gone' })
    expect(await startOf(rdv.rdvId)).toEqual(WEEK_LATER)
  })

  test('who cancels waits no more, and holds nothing', async () => {
    const rdv = await waiting(WEEK_LATER)
    await fill()
    await cancelByLink(ctxFor(db, { now: TEN }), { token: rdv.token })
    expect(await accept((await offerAt(0)).token)).toEqual({ ok: false, reason: 'not-open' })
    await fill()
    expect([await holds(), await entries()]).toMatchObject([0, [{ endedBy: 'over' }]])
  })

  test('is forgotten thirty days after', async () => {
    const rdv = await waiting(WEEK_LATER)
    await leaveWaitlistByLink(ctxFor(db, { now: TEN }), { token: rdv.token })
    await purgeWaits(ctxFor(db, { now: later(29 * 24 * HOUR_MS) }))
    expect(await entries()).toHaveLength(1)
    await purgeWaits(ctxFor(db, { now: later(31 * 24 * HOUR_MS) }))
    expect(await entries()).toEqual([])
  })
})

/** An RDV an agent places at this place. */
async function placed(over: Partial<CreateRdv>): Promise<number> {
  const outcome = await tryPlacing(over)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value.rdvId
}
async function tryPlacing(over: Partial<CreateRdv>) {
  const agentId = here.agents[0]?.id ?? 0
  const actor = adminOf(here, agentId)
  return createRdv(ctxFor(db, { actor, now: TEN }), {
    ...{ motifId: here.motif.id, lieuId: here.lieu.id, agentIds: [agentId], startAt: FIRST, acknowledged: [] },
    usagerIds: [(await makeUsager(db, here.territory.id, { phoneE164: '+33612345678' })).id],
    ...over,
  })
}

describe('an agent', () => {
  test('may take a slot that is held, knowingly, and it does not count', async () => {
    await waiting(WEEK_LATER)
    await fill()
    expect(await tryPlacing({})).toEqual({ ok: false, reason: 'to-confirm' })
    expect(await tryPlacing({ acknowledged: ['overlap'] })).toEqual({ ok: false, reason: 'to-confirm' })
    expect(await tryPlacing({ acknowledged: ['held'] })).toMatchObject({ ok: true })
    expect([(await offerAt(0)).state, await holds(), (await entries())[0]?.count]).toEqual(['taken', 0, 0])
    expect(await accept((await offerAt(0)).token)).toEqual({ ok: false, reason: 'slot-gone' })
    expect(await standing(db, here)).toMatchObject({ overlaps: 0 })
  })

  test('who is away then after all receives nobody', async () => {
    await waiting(WEEK_LATER)
    await fill()
    await db.execute(sql`
      insert into absences (agent_id, zone, title, first_day, start_min, last_day, end_min)
      values (${here.agents[0]?.id}, 'Europe/Paris', 'Congé', '2027-03-03', 0, '2027-03-03', 1440)`)
    expect(await accept((await offerAt(0)).token)).toEqual({ ok: false, reason: 'slot-gone' })
    expect(await holds()).toBe(0)
  })
})

describe('at once', () => {
  test('two workers offer a slot once, and make each person one offer', async () => {
    for (let i = 0; i < 4; i++) await waiting(new Date(Date.UTC(2027, 2, 10 + i, 9)))
    await Promise.all([fill(), fill(), fill()])
    const made = await openOffers()
    expect([made.length, new Set(made.map(({ startMs }) => startMs)).size, await holds()]).toEqual([4, 4, 4])
  })

  test('a slot is offered or booked, never both', async () => {
    for (let round = 0; round < 6; round++) {
      here = await makeBookablePlace(db, NOTICED)
      await waiting(WEEK_LATER)
      const [, outcome] = await Promise.all([fill(), bookSlot(ctxFor(db, { now: TEN }), bookingQuestion(here, FIRST))])
      const [offer] = await offers()
      expect(outcome.ok).toBe(offer?.startMs !== FIRST.getTime())
      expect(await standing(db, here)).toMatchObject({ overlaps: 0 })
    }
  })

  test('an agent and the person it is held for: one has it', async () => {
    for (let round = 0; round < 6; round++) {
      here = await makeBookablePlace(db, NOTICED)
      await waiting(WEEK_LATER)
      await fill()
      const { token } = await offerAt(0)
      const outcomes = await Promise.all([accept(token), tryPlacing({ acknowledged: ['held'] })])
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await standing(db, here)).toMatchObject({ overlaps: 0 })
    }
  })
})
