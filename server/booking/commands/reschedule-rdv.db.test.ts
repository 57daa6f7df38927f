import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  adminOf,
  bookingQuestion,
  ctxFor,
  heldNow,
  signedInAs,
  standing,
  tally,
  type BookablePlace,
} from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeAgent, makeBookablePlace, makeLieu, makeUsager } from '@/db/testing/make'
import type { AgentActor } from '@/server/kernel/actor'
import { listRdvHistory } from '../queries/rdv-history'
import { getRescheduling } from '../queries/rescheduling'
import { knownGoingBack } from '../rules/reschedule'
import type { RescheduleRdv } from '../schema'
import { bookSlot } from './book-slot'
import { createRdv } from './create-rdv'
import { rescheduleRdv } from './reschedule-rdv'
import { setStatus } from './set-status'

/** Tuesday 2 March 2027, 9:00 in Paris. */
const NINE = new Date('2027-03-02T08:00:00Z')
const at = (clock: string) => new Date(`2027-03-02T${clock}:00Z`)

const { db } = await ownDatabase()
let here: BookablePlace
let rdvId: number
beforeEach(async () => {
  here = await makeBookablePlace(db, { agentCount: 3 })
  rdvId = await place(NINE, agentOf(0))
})

const agentOf = (rank: number): number => here.agents[rank]?.id ?? 0
const asAdmin = () => ctxFor(db, { actor: adminOf(here, agentOf(2)) })

async function place(startAt: Date, agentId: number): Promise<number> {
  const created = await createRdv(asAdmin(), {
    motifId: here.motif.id,
    lieuId: here.lieu.id,
    startAt,
    agentIds: [agentId],
    usagerIds: [(await makeUsager(db, here.territory.id)).id],
    acknowledged: ['gap'],
  })
  if (!created.ok) throw new Error(created.reason)
  return created.value.rdvId
}

const move = async (over: Partial<RescheduleRdv>, by: AgentActor = adminOf(here, agentOf(2))) =>
  rescheduleRdv(ctxFor(db, { actor: by }), { ...(await heldNow(db, rdvId)), ...over })

/** What the agents' agendas hold of it, which the database keeps with the RDV. */
const timesOf = async (id: number) => {
  const rows = await db.execute<{ agent: number; clock: string; exclusive: boolean }>(sql`
    select t.agent_id::float8 as agent, to_char(t.starts_at at time zone 'UTC', 'HH24:MI') || '-' || to_char(t.ends_at at time zone 'UTC', 'HH24:MI') as clock,
           exclusive
    from agent_times t where t.rdv_id = ${id} order by agent_id`)
  return [...rows]
}
const countMoves = async () => {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from events where subject_id = ${rdvId} and subject_kind = 'rdv' and kind = 'rdv.moved'`,
  )
  return row?.count
}

test('another time, length, lieu and agents: the agendas follow, and the history keeps old and new by name', async () => {
  const lieu = await makeLieu(
    db,
    { territoryId: here.territory.id, organisationId: here.organisation.id },
    { name: 'Annexe' },
  )
  const over = { startAt: at('10:00'), durationMin: 45, lieuId: lieu.id, agentIds: [agentOf(1), agentOf(2)] }
  const known = (await heldNow(db, rdvId)).knownSequence
  expect(await move({ ...over, acknowledged: ['elsewhere'] })).toEqual({
    ok: true,
    value: { rdvId, sequence: known + 1 },
  })
  expect(await timesOf(rdvId)).toEqual([
    { agent: agentOf(1), clock: '10:00-10:45', exclusive: true },
    { agent: agentOf(2), clock: '10:00-10:45', exclusive: true },
  ])
  expect(await move(over)).toMatchObject({ ok: true })
  expect(await heldNow(db, rdvId)).toMatchObject({ ...over, knownSequence: known + 1 })
  const history = await listRdvHistory(asAdmin(), { rdvId })
  const moved = new Map(history.map(({ field, from, to }) => [field, [from, to]]))
  expect(moved.get('startsAt')).toEqual(['2027-03-02T08:00:00.000Z', '2027-03-02T10:00:00.000Z'])
  expect(moved.get('durationMin')).toEqual(['30', '45'])
  expect(moved.get('lieuId')?.[1]).toBe('Annexe')
  expect(moved.get('agentIds')?.[1]).toContain(', ')
  const [event] = await db.execute<{ told: number[] }>(
    sql`select payload->'agentIds' as told from events where subject_id = ${rdvId} and subject_kind = 'rdv' and kind = 'rdv.moved'`,
  )
  expect(event?.told).toEqual([agentOf(0), agentOf(1), agentOf(2)])
})

test('sent twice it moves once; over what somebody changed meanwhile it is refused', async () => {
  const seen = await heldNow(db, rdvId)
  const there = { ...seen, startAt: at('10:00') }
  expect(await move(there)).toMatchObject({ ok: true })
  expect(await move(there)).toMatchObject({ ok: true })
  expect(await countMoves()).toBe(1)
  expect(await move({ ...seen, startAt: at('11:00') })).toEqual({ ok: false, reason: 'changed-meanwhile' })
})

describe('is refused', () => {
  test.each<[string, () => Partial<RescheduleRdv>, string]>([
    ['to nobody', () => ({ agentIds: [] }), 'agent-missing'],
    ['nowhere', () => ({ lieuId: null }), 'place-missing'],
    ['six years ahead', () => ({ startAt: new Date('2033-03-02T08:00:00Z') }), 'bad-time'],
    ['to the past, unknowingly', () => ({ startAt: new Date('2027-02-02T08:00:00Z') }), 'to-confirm'],
  ])('%s', async (_case, over, reason) => {
    expect(await move(over())).toEqual({ ok: false, reason })
    expect(await countMoves()).toBe(0)
  })

  test('to a lieu or an agent of elsewhere, to one who is gone', async () => {
    const there = await makeBookablePlace(db)
    expect(await move({ lieuId: there.lieu.id })).toEqual({ ok: false, reason: 'place-missing' })
    expect(await move({ agentIds: [there.agents[0]?.id ?? 0] })).toEqual({ ok: false, reason: 'agent-elsewhere' })
    await db.execute(sql`update agents set deleted_at = now() where id = ${agentOf(1)}`)
    expect(await move({ agentIds: [agentOf(1)] })).toEqual({ ok: false, reason: 'agent-elsewhere' })
    await db.execute(sql`update lieux set availability = 'disabled' where id = ${here.lieu.id}`)
    // Where it already is it may stay.
    expect(await move({ startAt: at('10:00') })).toMatchObject({ ok: true })
  })

  test('once it is settled', async () => {
    await setStatus(asAdmin(), { rdvId, from: 'unknown', to: 'revoked' })
    expect(await move({ startAt: at('10:00') })).toEqual({ ok: false, reason: 'not-open' })
  })

  test('to whoever may only read it, and not found beyond that', async () => {
    const own = await signedInAs(
      db,
      (
        await makeAgent(db, {
          territoryId: here.territory.id,
          organisationId: here.organisation.id,
          serviceId: here.service.id,
        })
      ).id,
    )
    const scope = {
      territoryId: here.territory.id,
      agentIds: [agentOf(0)],
      organisationIds: 'any',
      serviceIds: 'any',
    } as const
    const reader = { ...own, scopes: [{ ...scope, level: 'read' as const }] }
    await expect(move({ startAt: at('10:00') }, reader)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(getRescheduling(ctxFor(db, { actor: reader }), { rdvId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(move({ startAt: at('10:00') }, { ...own, scopes: [] })).rejects.toMatchObject({ code: 'not-found' })
    // Who writes on this agenda alone hands the RDV to nobody else.
    const writer = { ...own, scopes: [{ ...scope, level: 'write' as const }] }
    expect(await move({ agentIds: [agentOf(1)] }, writer)).toEqual({ ok: false, reason: 'agent-elsewhere' })
    const { agents } = await getRescheduling(ctxFor(db, { actor: writer }), { rdvId })
    expect(agents.map(({ id }) => id)).toEqual(
      [agentOf(0), own.agentId].filter((id) => agents.some((one) => one.id === id)),
    )
    expect(await move({ startAt: at('10:00') }, writer)).toMatchObject({ ok: true })
  })
})

test('over another RDV only knowingly, and exclusive again once moved off it', async () => {
  await place(at('10:00'), agentOf(0))
  expect(await move({ startAt: at('10:15') })).toEqual({ ok: false, reason: 'overlap' })
  const { warnings } = await getRescheduling(asAdmin(), { rdvId, startAt: at('10:15') })
  expect(warnings).toEqual([{ kind: 'overlap', agentId: agentOf(0) }])
  expect(await move({ startAt: at('10:15'), acknowledged: ['overlap'] })).toMatchObject({ ok: true })
  expect(await timesOf(rdvId)).toMatchObject([{ exclusive: false }])
  expect(await move({ startAt: at('12:00') })).toMatchObject({ ok: true })
  expect(await timesOf(rdvId)).toMatchObject([{ exclusive: true }])
})

test('back where it stood knowingly over another, without a word more; back from there, never over who came meanwhile', async () => {
  await place(at('10:00'), agentOf(0))
  await move({ startAt: at('10:15'), acknowledged: ['overlap'] })
  expect(await move({ startAt: at('12:00') })).toMatchObject({ ok: true })
  const back = { startAt: at('10:15'), acknowledged: knownGoingBack({ isOverbooked: true }) }
  expect(await move(back)).toMatchObject({ ok: true })
  expect(await timesOf(rdvId)).toMatchObject([{ exclusive: false }])
  expect(await move({ ...back, acknowledged: knownGoingBack({ isOverbooked: false }), startAt: at('09:45') })).toEqual({
    ok: false,
    reason: 'overlap',
  })
})

test('on the same day, who waits goes on waiting; on another day, nobody does', async () => {
  const waiting = async () => {
    const [row] = await db.execute<{ count: number }>(
      sql`select count(arrived_at)::integer as count from participations where rdv_id = ${rdvId}`,
    )
    return row?.count
  }
  await db.execute(sql`update participations set arrived_at = ${NINE.toISOString()} where rdv_id = ${rdvId}`)
  expect(await move({ startAt: at('09:00') })).toMatchObject({ ok: true })
  expect(await waiting()).toBe(1)
  expect(await move({ startAt: new Date('2027-03-04T08:00:00Z') })).toMatchObject({ ok: true })
  expect(await waiting()).toBe(0)
})

test('onto its own time, a little later, is no overlap', async () => {
  expect(await move({ startAt: at('08:15') })).toMatchObject({ ok: true })
})

test('of twenty moves and bookings at once to one time, one takes it', async () => {
  const others = await Promise.all(
    Array.from({ length: 9 }, (_, i) =>
      place(at(`${12 + Math.floor(i / 2)}:${i % 2 === 0 ? '00' : '30'}`), agentOf(0)),
    ),
  )
  const target = at('08:30')
  const all = [rdvId, ...others]
  const seen = await Promise.all(all.map((id) => heldNow(db, id)))
  await db.execute(sql`delete from openings where agent_id in (${agentOf(1)}, ${agentOf(2)})`)
  const moves = seen.map((held) => rescheduleRdv(asAdmin(), { ...held, startAt: target, acknowledged: ['gap'] }))
  const bookings = Array.from({ length: 10 }, () => bookSlot(ctxFor(db), bookingQuestion(here, target)))
  const counts = tally(await Promise.all<{ ok: boolean; reason?: string }>([...moves, ...bookings]))
  expect(counts['done']).toBe(1)
  expect(await standing(db, here)).toMatchObject({ overlaps: 0 })
})
