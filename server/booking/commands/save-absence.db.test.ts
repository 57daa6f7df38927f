import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { bookingQuestion, ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants } from '@/db/testing/make'
import { defaultGrantsOfMember } from '@/server/access/rules/grants'
import { AppError } from '@/server/kernel/errors'
import { deleteAbsence } from '@/server/scheduling/commands/delete-absence'
import { getAbsence, listAbsences } from '@/server/scheduling/queries/absences'
import { judgeAbsence } from '../queries/away'
import type { SaveAbsence } from '../schema'
import { bookSlot } from './book-slot'
import { saveAbsence } from './save-absence'

const { db } = await ownDatabase()

/** A Tuesday; the place is open every day from 9 to 12. */
const DAY = '2027-03-02'
const NINE = new Date(`${DAY}T08:00:00Z`) // in Paris

const ownerOf = (place: BookablePlace) => place.agents[0]?.id ?? 0
async function as(agentId: number) {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
type Me = Awaited<ReturnType<typeof as>>
const away = (place: BookablePlace, over: Partial<SaveAbsence> = {}): SaveAbsence => ({
  agentIds: [ownerOf(place)],
  target: null,
  kind: 'training',
  title: 'Formation',
  color: null,
  firstDay: DAY,
  startMin: 8 * 60,
  lastDay: DAY,
  endMin: 12 * 60,
  rrule: null,
  known: null,
  fates: [],
  ...over,
})
const save = async (me: Me, input: SaveAbsence) => {
  const saved = await saveAbsence(me, input)
  if (!saved.ok) throw new Error(saved.reason)
  return saved.value.ids[0] ?? 0
}
const book = async (place: BookablePlace, startAt = NINE) => {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
  return outcome.ok ? 'booked' : outcome.reason
}
const mine = (me: Me, place: BookablePlace) => listAbsences(me, { agentId: ownerOf(place), period: 'current' })
const targetOf = async (me: Me, absenceId: number, scope: 'this' | 'following' | 'all', day = DAY) => {
  const { id, version } = await getAbsence(me, { absenceId })
  return { id, version, scope, day }
}
const events = async (id: number) => {
  const rows = await db.execute<{ kind: string; by: number; isNew: boolean | null; scope: string | null }>(sql`
    select kind, actor_id::integer as by, (payload->>'isNew')::boolean as "isNew", payload->>'scope' as scope from events
    where subject_kind = 'absence' and subject_id = ${id} order by id`)
  return [...rows]
}

describe('an absence', () => {
  test('closes its hours to bookings at once, is changed, then taken away; each leaves a line', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const absenceId = await save(me, away(place, { color: '#1e3a8a' }))
    expect(await book(place)).toBe('not-offered')

    const target = await targetOf(me, absenceId, 'all')
    const moved = { target, firstDay: '2027-03-03', lastDay: '2027-03-03', title: 'Formation (suite)' }
    expect(await save(me, away(place, moved))).toBe(absenceId)
    expect(await mine(me, place)).toMatchObject([
      { id: absenceId, firstDay: '2027-03-03', title: 'Formation (suite)', kind: 'training', color: null, version: 2 },
    ])
    expect(await book(place)).toBe('booked')

    expect(await deleteAbsence(me, { target: { ...target, version: 2 } })).toMatchObject({ ok: true })
    expect(await mine(me, place)).toEqual([])
    const by = ownerOf(place)
    expect(await events(absenceId)).toEqual([
      { kind: 'absence.saved', by, isNew: true, scope: 'all' },
      { kind: 'absence.saved', by, isNew: false, scope: 'all' },
      { kind: 'absence.deleted', by, isNew: null, scope: null },
    ])
  })

  test('each week, over a night: one date is moved, those after end earlier, then one goes; the slots follow', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const night = { startMin: 20 * 60, lastDay: '2027-03-03', endMin: 10 * 60, rrule: 'FREQ=WEEKLY;BYDAY=TU' }
    const absenceId = await save(me, away(place, night))
    const at = (day: string) => book(place, new Date(`${day}T08:00Z`))
    expect([await at('2027-03-03'), await at('2027-03-09')]).toEqual(['not-offered', 'booked'])

    const second = await targetOf(me, absenceId, 'this', '2027-03-09')
    const toThursday = { ...night, target: second, firstDay: '2027-03-11', lastDay: '2027-03-12' }
    await save(me, away(place, toThursday))
    expect([await at('2027-03-10'), await at('2027-03-12')]).toEqual(['booked', 'not-offered'])

    const third = await targetOf(me, absenceId, 'following', '2027-03-16')
    const evening = { ...night, target: third, firstDay: '2027-03-16', lastDay: '2027-03-16', endMin: 22 * 60 }
    const begun = await save(me, away(place, evening))
    expect(begun).not.toBe(absenceId)
    expect([await at('2027-03-17'), await at('2027-03-03')]).toEqual(['booked', 'not-offered'])
    expect(await getAbsence(me, { absenceId })).toMatchObject({ endsOn: '2027-03-16', rrule: /UNTIL=20270315/ })

    expect(await deleteAbsence(me, { target: await targetOf(me, absenceId, 'this') })).toMatchObject({ ok: true })
    expect(await at('2027-03-03')).toBe('booked')
    const later = { ...me, now: new Date('2027-03-20T08:00Z') }
    const listed = await listAbsences(later, { agentId: ownerOf(place), period: 'past' })
    expect(listed.map(({ id }) => id)).toEqual([absenceId])
    expect((await listAbsences(later, { agentId: ownerOf(place), period: 'current' })).map(({ id }) => id)).toEqual([
      begun,
    ])
  })

  test('moved on one date lasts as many days as the others', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const weekly = { rrule: 'FREQ=WEEKLY;BYDAY=TU' }
    const target = await targetOf(me, await save(me, away(place, weekly)), 'this')
    const longer = away(place, { ...weekly, target, lastDay: '2027-03-03', endMin: 60 })
    await expect(saveAbsence(me, longer)).rejects.toThrow(new AppError('invalid'))
  })

  test('over an RDV to come is saved only knowingly, and the RDV stays', async () => {
    const place = await makeBookablePlace(db)
    expect(await book(place)).toBe('booked')
    const me = await as(ownerOf(place))
    expect(await saveAbsence(me, away(place))).toEqual({ ok: false, reason: 'to-acknowledge' })
    const { rdvs, known } = await judgeAbsence(me, away(place))
    expect(rdvs.map(({ startAt }) => startAt)).toEqual([NINE])
    // Booked between the two: one more than was shown.
    const later = new Date(NINE.getTime() + 30 * 60_000)
    expect(await book(place, later)).toBe('booked')
    expect(await saveAbsence(me, away(place, { known }))).toEqual({ ok: false, reason: 'to-acknowledge' })
    const now = await judgeAbsence(me, away(place))
    expect(now.rdvs).toHaveLength(2)
    const absenceId = await save(me, away(place, { known: now.known }))
    // Those it already met are known: only what it comes to meet is asked about.
    const target = await targetOf(me, absenceId, 'all')
    expect(await judgeAbsence(me, away(place, { target, title: 'Stage' }))).toMatchObject({ rdvs: [], known: null })
  })

  test('beside an RDV, or in the past, asks nothing', async () => {
    const place = await makeBookablePlace(db)
    expect(await book(place)).toBe('booked')
    const me = await as(ownerOf(place))
    await save(me, away(place, { startMin: 9 * 60 + place.motif.durationMin }))
    await save({ ...me, now: new Date('2027-03-03T08:00:00Z') }, away(place))
  })

  test('is written by a colleague to whom the agenda is open in writing, and by nobody else', async () => {
    const place = await makeBookablePlace(db)
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const colleague = await makeAgent(db, { ...here, serviceId: place.service.id })
    const owner = await as(ownerOf(place))
    const absenceId = await save(owner, away(place))
    const target = await targetOf(owner, absenceId, 'all')
    const refused = async () => {
      const stranger = await as(colleague.id)
      const beyond = new AppError('not-found')
      for (const over of [{}, { target }, { agentIds: [colleague.id, ownerOf(place)] }]) {
        await expect(saveAbsence(stranger, away(place, over))).rejects.toThrow(beyond)
        await expect(judgeAbsence(stranger, away(place, over))).rejects.toThrow(beyond)
      }
      await expect(getAbsence(stranger, { absenceId })).rejects.toThrow(beyond)
      await expect(deleteAbsence(stranger, { target })).rejects.toThrow(beyond)
      await expect(mine(stranger, place)).rejects.toThrow(beyond)
      expect(await listAbsences(stranger, { agentId: colleague.id, period: 'current' })).toEqual([])
    }
    await refused()
    const member = { agentId: ownerOf(place), serviceIds: [place.service.id] }
    const [own] = defaultGrantsOfMember(here, member)
    if (!own) throw new Error('joining gives nothing')
    const [grant] = await makeGrants(db, [{ ...own, level: 'read' }])
    await refused()
    await db.execute(sql`update grants set level = 'write' where id = ${grant?.id ?? 0}`)
    const ids = [colleague.id, ownerOf(place)]
    const both = await saveAbsence(await as(colleague.id), away(place, { agentIds: ids }))
    expect(both).toMatchObject({ ok: true, value: { ids: [expect.any(Number), expect.any(Number)] } })
    expect(await mine(owner, place)).toHaveLength(2)
  })

  test('of somebody else is not taken over by naming it', async () => {
    const [own, theirs] = [await makeBookablePlace(db), await makeBookablePlace(db)]
    const they = await as(ownerOf(theirs))
    const target = await targetOf(they, await save(they, away(theirs)), 'all')
    const me = await as(ownerOf(own))
    await expect(saveAbsence(me, away(own, { target }))).rejects.toThrow(new AppError('not-found'))
    await expect(saveAbsence(me, away(theirs, { target }))).rejects.toThrow(new AppError('not-found'))
  })

  test('changed in several tabs at once: one is told of, nothing is overwritten', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const absenceId = await save(me, away(place))
    const target = await targetOf(me, absenceId, 'all')
    const outcomes = await Promise.allSettled([
      ...['Une', 'Deux', 'Trois'].map((title) => saveAbsence(me, away(place, { target, title }))),
      deleteAbsence(me, { target }),
    ])
    // Once it is taken away, it is not found any more.
    const said = outcomes.map((one) => (one.status === 'fulfilled' ? one.value.ok : false))
    expect(said.filter(Boolean)).toHaveLength(1)
    const kinds = await events(absenceId)
    expect(kinds).toHaveLength(2)
    const left = await mine(me, place)
    expect(left.map(({ version }) => version)).toEqual(kinds[1]?.kind === 'absence.deleted' ? [] : [2])
    if (left.length > 0) expect((await judgeAbsence(me, away(place, { target }))).isStale).toBe(true)
  })

  test('saved while somebody books: either it is told of the RDV, or nobody is booked', async () => {
    for (let round = 0; round < 12; round++) {
      const place = await makeBookablePlace(db)
      const me = await as(ownerOf(place))
      const [booked, saved] = await Promise.all([book(place), saveAbsence(me, away(place))])
      expect([booked, saved.ok ? 'saved' : saved.reason]).toEqual(
        booked === 'booked' ? ['booked', 'to-acknowledge'] : [expect.stringMatching(/not-offered|slot-taken/), 'saved'],
      )
    }
  })
})
