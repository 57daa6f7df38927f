import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { deleteAbsence } from '@/server/scheduling/commands/delete-absence'
import { judgeAbsence } from '../queries/away'
import { judgeOpening } from '../queries/planning'
import { placementSchema, saveAbsenceSchema, saveOpeningSchema, type SaveAbsence, type SaveOpening } from '../schema'
import { bookSlot } from './book-slot'
import { saveAbsence } from './save-absence'
import { deleteOpening, saveOpening } from './save-opening'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

/** A Tuesday; the place is open every day from 9 to 12. */
const DAY = '2027-03-02'

const ownerOf = (place: BookablePlace) => place.agents[0]?.id ?? 0
async function ownerAs(place: BookablePlace) {
  const actor = await signedInAs(db, ownerOf(place))
  return { ...ctxFor(db, { actor }), actor }
}
const book = async (place: BookablePlace, startAt: Date) => {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
  return outcome.ok ? 'booked' : outcome.reason
}
const afternoon = (place: BookablePlace, over: Partial<SaveOpening> = {}): SaveOpening => ({
  ...{ agentIds: [ownerOf(place)], target: null, organisationId: place.organisation.id, lieuId: place.lieu.id },
  ...{ motifIds: [place.motif.id], title: 'Après-midi', firstDay: DAY, startMin: 14 * 60, endMin: 16 * 60 },
  ...{ rrule: null, onHolidays: false, known: null, fates: [] },
  ...over,
})
const away = (place: BookablePlace, over: Partial<SaveAbsence> = {}): SaveAbsence => ({
  ...{ agentIds: [ownerOf(place)], target: null, kind: 'leave', title: '', color: null },
  ...{ firstDay: DAY, startMin: 13 * 60, lastDay: DAY, endMin: 14 * 60, rrule: null, known: null, fates: [] },
  ...over,
})
const idOf = (saved: Awaited<ReturnType<typeof saveOpening>>) => {
  if (!saved.ok) throw new Error(saved.reason)
  return saved.value.ids[0] ?? 0
}

describe('a rule sent with the change of one date', () => {
  const target = { id: 1, version: 1, scope: 'this', day: DAY } as const

  test('must be a rule', () => {
    const place = { agents: [{ id: 1 }], organisation: { id: 1 }, lieu: { id: 1 }, motif: { id: 1 } } as BookablePlace
    const rrule = 'FREQ=FOO'
    expect(saveOpeningSchema.safeParse(afternoon(place, { target, rrule })).success).toBe(false)
    expect(saveAbsenceSchema.safeParse(away(place, { target, rrule })).success).toBe(false)
    const weekly = 'FREQ=WEEKLY;BYDAY=MO'
    expect(saveOpeningSchema.safeParse(afternoon(place, { target, rrule: weekly })).success).toBe(true)
    expect(saveAbsenceSchema.safeParse(away(place, { target, rrule: weekly })).success).toBe(true)
  })

  test('is never written to what happens once', async () => {
    const place = await makeBookablePlace(db)
    const me = await ownerAs(place)
    const [openingId, absenceId] = [
      idOf(await saveOpening(me, afternoon(place))),
      idOf(await saveAbsence(me, away(place))),
    ]
    const rrule = 'FREQ=FOO'
    const of = (id: number) => ({ target: { ...target, id }, rrule })
    expect(await saveOpening(me, afternoon(place, { ...of(openingId), title: 'Autre' }))).toMatchObject({ ok: true })
    expect(await saveAbsence(me, away(place, { ...of(absenceId), title: 'Autre' }))).toMatchObject({ ok: true })
    const rules = await db.execute<{ rrule: string | null }>(sql`
      select rrule from openings where id = ${openingId} union all select rrule from absences where id = ${absenceId}`)
    expect(rules.map((row) => row.rrule)).toEqual([null, null])
    expect(await book(place, new Date(`${DAY}T13:00Z`))).toBe('booked')
  })
})

test('« this one and those after », begun earlier, warns of the dates of its own series it meets', async () => {
  const place = await makeBookablePlace(db)
  const me = await ownerAs(place)
  const tuesdays = { rrule: 'FREQ=WEEKLY;BYDAY=TU' }
  const id = idOf(await saveOpening(me, afternoon(place, tuesdays)))
  const target = { id, version: 1, scope: 'following', day: '2027-03-23' } as const
  const earlier = afternoon(place, { ...tuesdays, target, firstDay: '2027-03-09', startMin: 15 * 60, endMin: 17 * 60 })
  const { warnings } = await judgeOpening(me, earlier)
  expect(warnings).toMatchObject([{ kind: 'overlap', onDay: '2027-03-09', title: 'Après-midi' }])
  expect((await judgeOpening(me, { ...earlier, firstDay: '2027-03-23' })).warnings).toEqual([])
})

test('dates taken away that fall on no day of the series any more are named before it is saved', async () => {
  const place = await makeBookablePlace(db)
  const me = await ownerAs(place)
  const tuesdays = { rrule: 'FREQ=WEEKLY;BYDAY=TU' }
  const wednesdays = { firstDay: '2027-03-17', rrule: 'FREQ=WEEKLY;BYDAY=WE' }
  const lost = [{ kind: 'lost-days', days: ['2027-03-23'] }]
  const following = { version: 2, scope: 'following', day: '2027-03-16' } as const

  const openingId = idOf(await saveOpening(me, afternoon(place, tuesdays)))
  const tuesday = { id: openingId, version: 1, scope: 'this', day: '2027-03-23' } as const
  expect(await deleteOpening(me, { target: tuesday, known: null, fates: [] })).toMatchObject({ ok: true })
  const change = afternoon(place, { ...wednesdays, target: { ...following, id: openingId } })
  expect(await saveOpening(me, change)).toEqual({ ok: false, reason: 'to-acknowledge' })
  const judged = await judgeOpening(me, change)
  expect(judged.warnings).toEqual(lost)
  expect(await saveOpening(me, { ...change, known: judged.known })).toMatchObject({ ok: true })

  const absenceId = idOf(await saveAbsence(me, away(place, tuesdays)))
  await deleteAbsence(me, { target: { ...tuesday, id: absenceId } })
  const leave = away(place, { ...wednesdays, lastDay: '2027-03-17', target: { ...following, id: absenceId } })
  expect((await judgeAbsence(me, leave)).warnings).toEqual(lost)
})

test('a change of one date names one of the series: another is refused, not passed over', async () => {
  const place = await makeBookablePlace(db)
  const me = await ownerAs(place)
  const tuesdays = { rrule: 'FREQ=WEEKLY;BYDAY=TU' }
  const of = (id: number) => ({ id, version: 1, scope: 'this', day: '2027-03-10' }) as const
  const opening = of(idOf(await saveOpening(me, afternoon(place, tuesdays))))
  const absence = of(idOf(await saveAbsence(me, away(place, tuesdays))))
  const invalid = new AppError('invalid')
  await expect(saveOpening(me, afternoon(place, { target: opening }))).rejects.toThrow(invalid)
  await expect(deleteOpening(me, { target: opening, known: null, fates: [] })).rejects.toThrow(invalid)
  await expect(saveAbsence(me, away(place, { target: absence }))).rejects.toThrow(invalid)
  await expect(deleteAbsence(me, { target: absence })).rejects.toThrow(invalid)
})

test('a start is cut to the minute', () => {
  const given = { motifId: 1, startAt: new Date('2027-03-02T08:00:31.123Z'), agentIds: [], usagerIds: [] }
  expect(placementSchema.parse(given).startAt).toEqual(new Date('2027-03-02T08:00:00Z'))
})
