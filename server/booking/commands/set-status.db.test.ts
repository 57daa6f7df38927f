import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeService, makeUsager } from '@/db/testing/make'
import type { Actor } from '@/server/kernel/actor'
import { AppError } from '@/server/kernel/errors'
import { tokenOf } from '@/server/platform/tokens'
import type { Status } from '../rules/status'
import { bookSlot } from './book-slot'
import { cancelByLink } from './cancel-by-link'
import { createRdv } from './create-rdv'
import { setStatus } from './set-status'

/** Tuesday 2 March 2027, 9:00 in Paris. */
const NINE = new Date('2027-03-02T08:00:00Z')
const THAT_EVENING = new Date('2027-03-02T17:00:00Z')

const { db } = await ownDatabase()

async function booked() {
  const place = await makeBookablePlace(db)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, NINE))
  if (!outcome.ok) throw new Error(outcome.reason)
  return { place, ...outcome.value }
}

const agent = (place: BookablePlace): Actor => ({
  ...adminOf(place, place.agents[0]?.id ?? 0),
  scopes: [],
})
const set = (place: BookablePlace, rdvId: number, from: Status, to: Status, now = THAT_EVENING) =>
  setStatus(ctxFor(db, { actor: agent(place), now }), { rdvId, from, to })

const stateOf = async (rdvId: number) => {
  const [row] = await db.execute(sql`
    select r.status, r.cancelled_at is not null as cancelled, t.occupies, p.status as participation,
           (select count(*)::integer from events e where e.subject_id = r.id and e.kind = 'rdv.status-set') as events
    from rdvs r join agent_times t on t.rdv_id = r.id join participations p on p.rdv_id = r.id where r.id = ${rdvId}`)
  return row
}

describe('an agent says how an RDV went', () => {
  test('the status reaches the participation and the ledger, with its old and new values', async () => {
    const { place, rdvId } = await booked()
    expect(await set(place, rdvId, 'unknown', 'noshow')).toEqual({ ok: true, value: { status: 'noshow' } })
    expect(await stateOf(rdvId)).toEqual({
      status: 'noshow',
      cancelled: false,
      occupies: true,
      participation: 'noshow',
      events: 1,
    })
    const [value] = await db.execute(sql`
      select v.field, v.old_value #>> '{}' as "from", v.new_value #>> '{}' as "to" from event_values v join events e on e.id = v.event_id
      where e.subject_id = ${rdvId} and e.kind = 'rdv.status-set'`)
    expect(value).toEqual({ field: 'status', from: 'unknown', to: 'noshow' })
  })

  test('sent again by a bad network, it changes nothing and writes nothing', async () => {
    const { place, rdvId } = await booked()
    await set(place, rdvId, 'unknown', 'seen')
    expect(await set(place, rdvId, 'unknown', 'seen')).toEqual({ ok: true, value: { status: 'seen' } })
    expect(await stateOf(rdvId)).toMatchObject({ status: 'seen', events: 1 })
  })

  test('three agents, three statuses at once: one wins, two are told', async () => {
    const { place, rdvId } = await booked()
    const tos: Status[] = ['seen', 'noshow', 'revoked']
    const outcomes = await Promise.all(tos.map((to) => set(place, rdvId, 'unknown', to)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'changed-meanwhile')).toHaveLength(2)
    expect(await stateOf(rdvId)).toMatchObject({ events: 1 })
  })

  test.each<[Status, Status, Date, string]>([
    ['unknown', 'noshow', new Date('2027-03-02T07:00:00Z'), 'not-started'],
    ['unknown', 'seen', new Date('2027-03-01T08:00:00Z'), 'not-allowed'],
    ['seen', 'noshow', THAT_EVENING, 'changed-meanwhile'],
  ])('refuses %s → %s when it is not the time', async (from, to, now, reason) => {
    const { place, rdvId } = await booked()
    expect(await set(place, rdvId, from, to, now)).toEqual({ ok: false, reason })
    expect(await stateOf(rdvId)).toMatchObject({ status: 'unknown', events: 0 })
  })

  test('refuses a move between two statuses that are not unknown', async () => {
    const { place, rdvId } = await booked()
    await set(place, rdvId, 'unknown', 'seen')
    expect(await set(place, rdvId, 'seen', 'revoked')).toEqual({ ok: false, reason: 'not-allowed' })
  })

  test('a cancellation frees the time, reopening takes it back', async () => {
    const { place, rdvId } = await booked()
    await set(place, rdvId, 'unknown', 'revoked')
    expect(await stateOf(rdvId)).toMatchObject({ cancelled: true, occupies: false, participation: 'revoked' })
    await set(place, rdvId, 'revoked', 'unknown')
    expect(await stateOf(rdvId)).toMatchObject({ cancelled: false, occupies: true, participation: 'unknown' })
  })

  test('reopening is refused once somebody else has the time', async () => {
    const { place, rdvId } = await booked()
    const before = new Date('2027-03-01T07:00:00Z')
    await set(place, rdvId, 'unknown', 'revoked', before)
    expect((await bookSlot(ctxFor(db), bookingQuestion(place, NINE))).ok).toBe(true)
    expect(await set(place, rdvId, 'revoked', 'unknown', before)).toEqual({ ok: false, reason: 'slot-taken' })
  })

  test('a cancellation of an overlap agreed to is undone, the other RDV still there', async () => {
    const { place, rdvId } = await booked()
    const created = await createRdv(ctxFor(db, { actor: adminOf(place, place.agents[0]?.id ?? 0) }), {
      motifId: place.motif.id,
      lieuId: place.lieu.id,
      startAt: NINE,
      durationMin: 30,
      agentIds: [place.agents[0]?.id ?? 0],
      usagerIds: [(await makeUsager(db, place.territory.id)).id],
      acknowledged: ['overlap'],
    })
    if (!created.ok) throw new Error(created.reason)
    const overlapping = created.value.rdvId
    const before = new Date('2027-03-01T07:00:00Z')
    expect(await set(place, overlapping, 'unknown', 'revoked', before)).toMatchObject({ ok: true })
    expect(await set(place, overlapping, 'revoked', 'unknown', before)).toMatchObject({ ok: true })
    expect(await stateOf(rdvId)).toMatchObject({ occupies: true })

    // What comes while both are cancelled was agreed to by nobody.
    await set(place, overlapping, 'unknown', 'revoked', before)
    await set(place, rdvId, 'unknown', 'revoked', before)
    expect((await bookSlot(ctxFor(db, { now: before }), bookingQuestion(place, NINE))).ok).toBe(true)
    const refusal = { ok: false, reason: 'slot-taken' }
    expect(await set(place, overlapping, 'revoked', 'unknown', before)).toEqual(refusal)
  })

  test('an RDV of somebody else’s organisation is not found', async () => {
    const { rdvId } = await booked()
    const stranger = (await booked()).place
    await expect(set(stranger, rdvId, 'unknown', 'seen')).rejects.toThrow(new AppError('not-found'))
  })

  test('an admin of the organisation reaches the RDVs of its agents', async () => {
    const { place, rdvId } = await booked()
    const admin = adminOf(place, 0)
    expect(
      await setStatus(ctxFor(db, { actor: admin, now: THAT_EVENING }), { rdvId, from: 'unknown', to: 'seen' }),
    ).toMatchObject({ ok: true })
  })
})

describe('a confidential RDV', () => {
  test('can’t be touched by an admin of another service, but by its own agent and service', async () => {
    const { place, rdvId } = await booked()
    await db.execute(sql`update motifs set is_confidential = true where id = ${place.motif.id}`)
    const other = await makeService(db, place.territory.id)
    const admin = await makeAgent(
      db,
      { territoryId: place.territory.id, organisationId: place.organisation.id, serviceId: other.id },
      { level: 'admin' },
    )
    const asAdmin = ctxFor(db, { actor: adminOf(place, admin.id, [other.id]), now: THAT_EVENING })
    await expect(setStatus(asAdmin, { rdvId, from: 'unknown', to: 'seen' })).rejects.toThrow(new AppError('not-found'))
    expect(await set(place, rdvId, 'unknown', 'seen')).toMatchObject({ ok: true })
  })
})

describe('a person cancels by their link', () => {
  const cancel = (linkId: number, now: Date) =>
    cancelByLink(ctxFor(db, { now }), { token: tokenOf('rdv-link', linkId) })
  const FOUR_HOURS_BEFORE = new Date(NINE.getTime() - 240 * 60_000)

  test('strictly more than four hours before', async () => {
    const { linkId, rdvId } = await booked()
    expect(await cancel(linkId, FOUR_HOURS_BEFORE)).toEqual({ ok: false, reason: 'too-late' })
    expect(await cancel(linkId, new Date(FOUR_HOURS_BEFORE.getTime() - 1))).toEqual({
      ok: true,
      value: { status: 'excused' },
    })
    expect(await stateOf(rdvId)).toMatchObject({
      status: 'excused',
      cancelled: true,
      occupies: false,
      participation: 'excused',
    })
  })

  test('pressed twice at once, one cancellation is written', async () => {
    const { linkId, rdvId } = await booked()
    const now = new Date('2027-03-01T07:00:00Z')
    const outcomes = await Promise.all([cancel(linkId, now), cancel(linkId, now), cancel(linkId, now)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const [row] = await db.execute(
      sql`select count(*)::integer as count, min(actor_kind) as by from events where subject_id = ${rdvId} and kind = 'rdv.cancelled'`,
    )
    expect(row).toEqual({ count: 1, by: 'link' })
  })

  test('the slot can be booked again at once', async () => {
    const { linkId, place } = await booked()
    await cancel(linkId, new Date('2027-03-01T07:00:00Z'))
    expect((await bookSlot(ctxFor(db), bookingQuestion(place, NINE))).ok).toBe(true)
  })

  test('a link nobody made, or revoked, is not found', async () => {
    const { linkId } = await booked()
    await expect(cancelByLink(ctxFor(db), { token: 'x'.repeat(20) })).rejects.toThrow(new AppError('not-found'))
    await db.execute(sql`update rdv_links set revoked_at = now() where id = ${linkId}`)
    await expect(cancel(linkId, new Date('2027-03-01T07:00:00Z'))).rejects.toThrow(new AppError('not-found'))
  })

  test('a motif whose RDVs may not be cancelled online says so', async () => {
    const { linkId, place } = await booked()
    await db.execute(sql`update motifs set usager_may_cancel = false where id = ${place.motif.id}`)
    expect(await cancel(linkId, new Date('2027-03-01T07:00:00Z'))).toEqual({ ok: false, reason: 'not-cancellable' })
  })
})
