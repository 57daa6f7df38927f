import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, signedInAs, type BookablePlace } from '@/db/testing/booking'
import { cloneDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeGrants } from '@/db/testing/make'
import { defaultGrantsOfMember } from '@/server/access/rules/grants'
import { AppError } from '@/server/kernel/errors'
import { deleteAbsence } from '@/server/scheduling/commands/delete-absence'
import { getAbsence, listAbsences } from '@/server/scheduling/queries/absences'
import type { SaveAbsence } from '@/server/scheduling/schema'
import { listRdvsWithin } from '../queries/agent-rdvs'
import { bookSlot } from './book-slot'
import { saveAbsence } from './save-absence'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = database.db
})
afterAll(() => database.close())

const DAY = '2027-03-02'
const NINE = new Date(`${DAY}T08:00:00Z`) // in Paris

const ownerOf = (place: BookablePlace) => place.agents[0]?.id ?? 0
async function as(agentId: number) {
  const actor = await signedInAs(db, agentId)
  return { ...ctxFor(db, { actor }), actor }
}
const away = (place: BookablePlace, over: Partial<SaveAbsence> = {}): SaveAbsence => ({
  agentId: ownerOf(place),
  absenceId: null,
  kind: 'training',
  title: 'Formation',
  firstDay: DAY,
  startMin: 8 * 60,
  lastDay: DAY,
  endMin: 12 * 60,
  knownCount: 0,
  ...over,
})
const book = async (place: BookablePlace, startAt = NINE) => {
  const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
  return outcome.ok ? 'booked' : outcome.reason
}
const events = async (id: number) => {
  const rows = await db.execute<{ kind: string; by: number; isNew: boolean | null }>(sql`
    select kind, actor_id::integer as by, (payload->>'isNew')::boolean as "isNew" from events
    where subject_kind = 'absence' and subject_id = ${id} order by id`)
  return [...rows]
}

describe('an absence', () => {
  test('closes its hours to bookings at once, is changed, then taken away; each leaves a line', async () => {
    const place = await makeBookablePlace(db)
    const me = await as(ownerOf(place))
    const saved = await saveAbsence(me, away(place))
    if (!saved.ok) throw new Error(saved.reason)
    const { absenceId } = saved.value
    expect(await book(place)).toBe('not-offered')

    const moved = away(place, { absenceId, firstDay: '2027-03-03', lastDay: '2027-03-03', title: 'Formation (suite)' })
    expect(await saveAbsence(me, moved)).toEqual({ ok: true, value: { absenceId } })
    expect(await listAbsences(me, { agentId: ownerOf(place) })).toMatchObject([
      { id: absenceId, firstDay: '2027-03-03', title: 'Formation (suite)', kind: 'training', repeats: false },
    ])
    expect(await book(place)).toBe('booked')

    expect(await deleteAbsence(me, { absenceId })).toMatchObject({ ok: true })
    expect(await listAbsences(me, { agentId: ownerOf(place) })).toEqual([])
    const by = ownerOf(place)
    expect(await events(absenceId)).toEqual([
      { kind: 'absence.saved', by, isNew: true },
      { kind: 'absence.saved', by, isNew: false },
      { kind: 'absence.deleted', by, isNew: null },
    ])
  })

  test('over an RDV to come is saved only knowingly, and the RDV stays', async () => {
    const place = await makeBookablePlace(db)
    expect(await book(place)).toBe('booked')
    const me = await as(ownerOf(place))
    expect(await saveAbsence(me, away(place))).toEqual({ ok: false, reason: 'rdvs-within' })
    const { rdvs } = await listRdvsWithin(me, away(place))
    expect(rdvs.map(({ startAt }) => startAt)).toEqual([NINE])
    // Booked between the two: one more than was shown.
    const later = new Date(NINE.getTime() + 30 * 60_000)
    expect((await bookSlot(ctxFor(db), bookingQuestion(place, later))).ok).toBe(true)
    expect(await saveAbsence(me, away(place, { knownCount: 1 }))).toEqual({ ok: false, reason: 'rdvs-within' })
    expect(await saveAbsence(me, away(place, { knownCount: 2 }))).toMatchObject({ ok: true })
    expect((await listRdvsWithin(me, away(place))).rdvs).toHaveLength(2)
  })

  test('beside an RDV, or in the past, asks nothing', async () => {
    const place = await makeBookablePlace(db)
    expect(await book(place)).toBe('booked')
    const me = await as(ownerOf(place))
    const after = { startMin: 9 * 60 + place.motif.durationMin }
    expect(await saveAbsence(me, away(place, after))).toMatchObject({ ok: true })
    const nextDay = { ...me, now: new Date('2027-03-03T08:00:00Z') }
    expect(await saveAbsence(nextDay, away(place))).toMatchObject({ ok: true })
  })

  test('is written by a colleague to whom the agenda is open in writing, and by nobody else', async () => {
    const place = await makeBookablePlace(db)
    const here = { territoryId: place.territory.id, organisationId: place.organisation.id }
    const colleague = await makeAgent(db, { ...here, serviceId: place.service.id })
    const saved = await saveAbsence(await as(ownerOf(place)), away(place))
    if (!saved.ok) throw new Error(saved.reason)
    const { absenceId } = saved.value
    const refused = async () => {
      const stranger = await as(colleague.id)
      const beyond = new AppError('not-found')
      await expect(saveAbsence(stranger, away(place))).rejects.toThrow(beyond)
      await expect(saveAbsence(stranger, away(place, { absenceId }))).rejects.toThrow(beyond)
      await expect(getAbsence(stranger, { absenceId })).rejects.toThrow(beyond)
      await expect(deleteAbsence(stranger, { absenceId })).rejects.toThrow(beyond)
      await expect((async () => listAbsences(stranger, { agentId: ownerOf(place) }))()).rejects.toThrow(beyond)
    }
    await refused()
    const member = { agentId: ownerOf(place), serviceIds: [place.service.id] }
    const [own] = defaultGrantsOfMember(here, member)
    if (!own) throw new Error('joining gives nothing')
    const [grant] = await makeGrants(db, [{ ...own, level: 'read' }])
    await refused()
    await db.execute(sql`update grants set level = 'write' where id = ${grant?.id ?? 0}`)
    expect(await saveAbsence(await as(colleague.id), away(place, { absenceId }))).toMatchObject({ ok: true })
  })

  test('of somebody else is not taken over by naming it', async () => {
    const [mine, theirs] = [await makeBookablePlace(db), await makeBookablePlace(db)]
    const saved = await saveAbsence(await as(ownerOf(theirs)), away(theirs))
    if (!saved.ok) throw new Error(saved.reason)
    const { absenceId } = saved.value
    await expect(saveAbsence(await as(ownerOf(mine)), away(mine, { absenceId }))).rejects.toThrow(
      new AppError('not-found'),
    )
  })

  test('saved while somebody books: either it is told of the RDV, or nobody is booked', async () => {
    for (let round = 0; round < 12; round++) {
      const place = await makeBookablePlace(db)
      const me = await as(ownerOf(place))
      const [booked, saved] = await Promise.all([book(place), saveAbsence(me, away(place))])
      expect([booked, saved.ok ? 'saved' : saved.reason]).toEqual(
        booked === 'booked' ? ['booked', 'rdvs-within'] : [expect.stringMatching(/not-offered|slot-taken/), 'saved'],
      )
    }
  })
})
