import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { AppError } from '@/server/kernel/errors'
import { deleteAbsence } from '@/server/scheduling/commands/delete-absence'
import { judgeAbsence } from '../queries/away'
import { judgeOpening } from '../queries/planning'
import { MAX_HURT } from '../rules/impact'
import { mayGoOn } from '../rules/planning-views'
import { placementSchema, saveAbsenceSchema, saveOpeningSchema, type SaveAbsence, type SaveOpening } from '../schema'
import { bookSlot } from './book-slot'
import { saveAbsence } from './save-absence'
import { deleteOpening, saveOpening } from './save-opening'

const { db } = await ownDatabase()

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

test('an absence that hurts more RDVs than one may decide of at once says how many, and is not saved', async () => {
  const place = await makeBookablePlace(db)
  const me = await ownerAs(place)
  const { territory, organisation, motif, lieu } = place
  await db.execute(sql`
    with made as (
      insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, author_kind, updated_at)
      select ${territory.id}, ${organisation.id}, ${motif.id}, ${lieu.id}, at, at + interval '10 minutes', 'agent', now()
      from generate_series(timestamptz '2027-03-02 08:00Z', timestamptz '2027-03-02 08:00Z' + ${MAX_HURT} * interval '10 minutes',
                           interval '10 minutes') as at
      returning id, starts_at, ends_at)
    insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
    select ${ownerOf(place)}, 'rdv', id, starts_at, ends_at, true from made`)
  const long = away(place, { lastDay: '2027-03-06', startMin: 0, endMin: 1440 })
  const judgement = await judgeAbsence(me, long)
  expect(judgement.hurtCount).toBe(MAX_HURT + 1)
  expect(mayGoOn(judgement)).toBe(false)
  expect(await saveAbsence(me, { ...long, known: judgement.known })).toEqual({ ok: false, reason: 'too-many-hurt' })
  const shorter = away(place, { startMin: 0, endMin: 1440 })
  const some = await judgeAbsence(me, shorter)
  expect(mayGoOn(some)).toBe(true)
  expect(await saveAbsence(me, { ...shorter, known: some.known })).toMatchObject({ ok: true })
})
