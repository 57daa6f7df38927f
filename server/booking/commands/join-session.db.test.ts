import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion as question, ctxFor, NOW, tally, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { makeSession } from '@/db/testing/session'
import { inRead } from '@/server/platform/ctx'
import { tokenOf } from '@/server/platform/tokens'
import { findRdvByBookingKey, getRdvByLink } from '../queries/usager-rdvs'
import { cancelByLink } from './cancel-by-link'
import { joinSession } from './join-session'

const NINE = new Date('2027-03-02T08:00:00Z')
const CLIENTS = 60

const { db } = await ownDatabase({ poolSize: CLIENTS })

const daysLater = (days: number) => new Date(NINE.getTime() + days * 86_400_000)

/** A place with a workshop at nine, and another next week: a motif whose last seat is taken would close. */
async function session(maxSeats: number | null): Promise<BookablePlace & { sessionId: number }> {
  const place = await makeBookablePlace(db, { motif: { isCollective: true } })
  await makeSession(db, place, daysLater(7), { maxSeats: null })
  return { ...place, sessionId: await makeSession(db, place, NINE, { maxSeats }) }
}

const seatsOf = async (sessionId: number) => {
  const [row] = await db.execute<{ seats: number; people: number }>(sql`
    select seats_taken as seats, (select count(*)::integer from participations p where p.rdv_id = r.id) as people
    from rdvs r where id = ${sessionId}`)
  return row
}

async function joined(given: ReturnType<typeof question>) {
  const outcome = await joinSession(ctxFor(db), given)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

const linkOfKey = (bookingKey: string) =>
  inRead(ctxFor(db), async (read) => (await findRdvByBookingKey(read, bookingKey))?.linkId)

describe('joining a session', () => {
  test('takes a seat, once however often it is sent', async () => {
    const place = await session(3)
    const same = question(place, NINE)
    const outcomes = await Promise.all([1, 2, 3].map(() => joinSession(ctxFor(db), same)))
    expect(tally(outcomes)).toEqual({ done: 3 })
    expect(await seatsOf(place.sessionId)).toEqual({ seats: 1, people: 1 })
  })

  test('60 people at once for 10 seats: 10', async () => {
    const place = await session(10)
    const outcomes = await Promise.all(
      Array.from({ length: CLIENTS }, () => joinSession(ctxFor(db), question(place, NINE))),
    )
    expect(tally(outcomes)).toEqual({ done: 10, 'session-full': 50 })
    expect(await seatsOf(place.sessionId)).toEqual({ seats: 10, people: 10 })
  })

  test('has no end when the session has no limit', async () => {
    const place = await session(null)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => joinSession(ctxFor(db), question(place, NINE))))
    expect(tally(outcomes)).toEqual({ done: 20 })
  })

  test('the same person twice is told so', async () => {
    const place = await session(10)
    const { coordinates } = question(place, NINE)
    await joinSession(ctxFor(db), question(place, NINE, { coordinates }))
    expect(await joinSession(ctxFor(db), question(place, NINE, { coordinates }))).toEqual({
      ok: false,
      reason: 'already-registered',
    })
  })

  test('of a confidential motif, says of nobody whether they are registered, nor how often: whoever asks has a place of their own', async () => {
    const place = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential: true } })
    const sessionId = await makeSession(db, place, NINE, { maxSeats: 10 })
    const { coordinates } = question(place, NINE)
    const mine = await joined(question(place, NINE, { coordinates }))
    const theirs = await joined(question(place, NINE, { coordinates }))
    expect(theirs.participationId).not.toBe(mine.participationId)
    expect(await seatsOf(sessionId)).toEqual({ seats: 2, people: 2 })
    const files = await db.execute<{ id: number; like: number | null }>(sql`
      select u.id::float8 as id, u.maybe_same_as_id::float8 as like
      from usagers u where u.territory_id = ${place.territory.id} order by u.id`)
    expect(files).toEqual([
      { id: expect.any(Number) as number, like: null },
      { id: expect.any(Number) as number, like: files[0]?.id },
    ])
    const third = daysLater(1)
    await makeSession(db, place, third, { maxSeats: null })
    await makeSession(db, place, daysLater(2), { maxSeats: null })
    for (const startAt of [third, daysLater(2)]) await joined(question(place, startAt, { coordinates }))
  })

  test('nor of a proche, whose second file is theirs to settle', async () => {
    const place = await makeBookablePlace(db, { motif: { isCollective: true, isConfidential: true } })
    const sessionId = await makeSession(db, place, NINE, { maxSeats: 10 })
    const { person } = question(place, NINE).coordinates
    const coordinates = { person, relative: { firstName: 'Noé', lastName: 'Martin', bornOn: null } }
    for (let i = 0; i < 3; i++) await joined(question(place, NINE, { coordinates }))
    expect(await seatsOf(sessionId)).toEqual({ seats: 3, people: 3 })
    const [row] = await db.execute(sql`
      select count(*)::integer as files, count(maybe_same_as_id)::integer as doubts from usagers
      where territory_id = ${place.territory.id} and responsible_id is not null`)
    expect(row).toEqual({ files: 3, doubts: 2 })
  })

  test.each([
    ['another start', { startAt: new Date('2027-03-02T08:30:00Z') }, NOW, 'not-offered'],
    ['beyond the longest delay', {}, new Date('2026-03-02T08:00:00Z'), 'not-offered'],
    ['after it began', {}, new Date('2027-03-02T08:10:00Z'), 'slot-past'],
    ['within the shortest delay', {}, new Date('2027-03-02T07:31:00Z'), 'slot-past'],
  ])('refuses %s', async (_case, over, now, reason) => {
    const place = await session(10)
    expect(await joinSession(ctxFor(db, { now }), question(place, NINE, over))).toEqual({ ok: false, reason })
    expect(await seatsOf(place.sessionId)).toEqual({ seats: 0, people: 0 })
  })

  test('refuses a motif no longer open to everyone', async () => {
    const place = await session(10)
    await db.execute(sql`update motifs set bookable_by = 'agents' where id = ${place.motif.id}`)
    expect(await joinSession(ctxFor(db), question(place, NINE))).toEqual({ ok: false, reason: 'motif-closed' })
    expect(await seatsOf(place.sessionId)).toEqual({ seats: 0, people: 0 })
  })

  test('a seat given back can be taken', async () => {
    const place = await session(1)
    await joinSession(ctxFor(db), question(place, NINE))
    expect(await joinSession(ctxFor(db), question(place, NINE))).toEqual({ ok: false, reason: 'session-full' })
    await db.execute(sql`update participations set status = 'excused' where rdv_id = ${place.sessionId}`)
    expect(await joinSession(ctxFor(db), question(place, NINE))).toMatchObject({ ok: true })
  })

  test('whoever left may come back, by a new link; whoever held the earlier one, having typed their name, holds nothing', async () => {
    const place = await session(2)
    const first = question(place, NINE)
    const before = await joined(first)
    await db.execute(sql`update participations set status = 'excused' where rdv_id = ${place.sessionId}`)
    const second = question(place, NINE, { coordinates: first.coordinates })
    const after = await joined(second)
    expect(after.participationId).toBe(before.participationId)
    expect((await joined(second)).linkId).toBe(after.linkId)
    expect(await seatsOf(place.sessionId)).toEqual({ seats: 1, people: 1 })
    const [given, renewed] = [
      { token: tokenOf('rdv-link', before.linkId) },
      { token: tokenOf('rdv-link', after.linkId) },
    ]
    await expect(getRdvByLink(ctxFor(db), given)).rejects.toMatchObject({ code: 'not-found' })
    await expect(cancelByLink(ctxFor(db), given)).rejects.toMatchObject({ code: 'not-found' })
    expect(await getRdvByLink(ctxFor(db), renewed)).toMatchObject({ status: 'unknown' })
    expect(await linkOfKey(second.bookingKey)).toBe(after.linkId)
  })

  test('counts towards the cap of open RDVs', async () => {
    const place = await session(null)
    const { coordinates } = question(place, NINE)
    const starts = [1, 2, 3].map(daysLater)
    for (const startAt of starts) await makeSession(db, place, startAt, { maxSeats: null })
    const outcomes = []
    for (const startAt of starts)
      outcomes.push(await joinSession(ctxFor(db), question(place, startAt, { coordinates })))
    expect(tally(outcomes)).toEqual({ done: 2, 'too-many-open': 1 })
  })
})
