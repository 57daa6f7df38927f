import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { getReception } from '../queries/reception'
import { bookSlot } from './book-slot'
import { setArrival } from './set-arrival'
import { setStatus } from './set-status'

const TODAY = new Date('2027-03-02T07:50:00Z')
const LATER = new Date('2027-03-02T08:05:00Z')

const { db } = await ownDatabase()
let place: BookablePlace
let rdvId: number
let participationId: number
beforeAll(async () => {
  place = await makeBookablePlace(db)
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, new Date('2027-03-02T08:00:00Z')))
  if (!outcome.ok) throw new Error(outcome.reason)
  ;({ rdvId, participationId } = outcome.value)
})

function ctxAt(now: Date) {
  const actor = adminOf(place, place.agents[0]?.id ?? 0)
  return { ...ctxFor(db, { actor, now }), actor }
}
const set = (now: Date, isHere: boolean) => setArrival(ctxAt(now), { rdvId, participationId, isHere })
async function arrivedAt() {
  const { rdvs } = await getReception(ctxAt(TODAY), { lieuId: place.lieu.id, onDay: '2027-03-02' })
  return rdvs[0]?.people[0]?.arrivedAt
}
async function facts() {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from events where kind = 'rdv.arrival-set' and subject_id = ${rdvId}`,
  )
  return row?.count
}

test('somebody arrives, once, and it can be taken back', async () => {
  expect(await set(TODAY, true)).toEqual({ ok: true, value: null })
  expect(await set(LATER, true)).toEqual({ ok: true, value: null })
  expect(await arrivedAt()).toEqual(TODAY)
  expect(await facts()).toBe(1)
  await set(LATER, false)
  expect(await arrivedAt()).toBeNull()
  expect(await facts()).toBe(2)
})

test('refuses on another day', async () =>
  expect(await set(new Date('2027-03-01T08:00:00Z'), true)).toEqual({ ok: false, reason: 'not-today' }))

test('a participation of another RDV is not found', () =>
  expect(setArrival(ctxAt(TODAY), { rdvId, participationId: 999_999, isHere: true })).rejects.toMatchObject({
    code: 'not-found',
  }))

test('refuses once somebody said how it went', async () => {
  await setStatus(ctxAt(LATER), { rdvId, from: 'unknown', to: 'seen' })
  expect(await set(LATER, true)).toEqual({ ok: false, reason: 'not-waiting' })
})
