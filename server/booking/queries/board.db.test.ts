import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { dbOn } from '@/db/client'
import { absences } from '@/db/schema'
import { adminOf, bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { levelOn, levelOnAgenda, reachOf } from '@/server/access/rules/reach'
import type { AgentActor, Scope } from '@/server/kernel/actor'
import { bookSlot } from '../commands/book-slot'
import type { BoardQuestion } from '../schema'
import { BOARD_AGENTS, getBoard, LIEU_WEEK_AGENTS } from './board'

const database = await ownDatabase()
const { db } = database
/** Two organisations of one territory, the second with a confidential motif; two RDVs each. */
let pmi: BookablePlace
let cpef: BookablePlace
const booked: { rdvId: number; agentId: number; place: BookablePlace; isConfidential: boolean }[] = []
const WEEK = { fromDay: '2027-03-01', toDay: '2027-03-07' }

beforeAll(async () => {
  pmi = await makeBookablePlace(db, { agentCount: 2 })
  cpef = await makeBookablePlace(db, { within: pmi, agentCount: 2, motif: { isConfidential: true } })
  for (const place of [pmi, cpef])
    for (const hour of [8, 9]) {
      const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, new Date(Date.UTC(2027, 2, 2, hour))))
      if (!outcome.ok) throw new Error(outcome.reason)
      booked.push({ ...outcome.value, place, isConfidential: place === cpef })
    }
  for (const agentId of everybody()) {
    const day = { firstDay: '2027-03-03', startMin: 0, lastDay: '2027-03-03', endMin: 1440 }
    await db.insert(absences).values({ agentId, zone: 'Europe/Paris', title: 'Secret', kind: 'leave', ...day })
  }
})

const everybody = () => [...pmi.agents, ...cpef.agents].map(({ id }) => id)
const someone = (scopes: Scope[], serviceIds: number[] = []): AgentActor => ({
  ...adminOf(pmi, 999_999),
  serviceIds,
  scopes,
})
const boardOf = (actor: AgentActor, which: BoardQuestion['which']) => {
  const ctx = { ...ctxFor(db, { actor }), actor }
  return getBoard(ctx, { which, ...WEEK })
}

const LEVELS = ['busy', 'read', 'write'] as const
const combinations = () =>
  LEVELS.flatMap((level) =>
    [[pmi.organisation.id], [cpef.organisation.id], 'any' as const].flatMap((organisationIds) =>
      [[], [pmi.service.id]].map((serviceIds) =>
        someone(
          [{ level, territoryId: pmi.territory.id, agentIds: everybody(), organisationIds, serviceIds: 'any' }],
          serviceIds,
        ),
      ),
    ),
  )

test('each RDV is told as far as the rule of reach opens it, and what is only busy is two instants', async () => {
  for (const actor of combinations()) {
    const board = await boardOf(actor, { kind: 'agents', agentIds: everybody() })
    const reach = reachOf(actor)
    for (const { rdvId, agentId, place, isConfidential } of booked) {
      const level = levelOn(reach, {
        territoryId: place.territory.id,
        organisationId: place.organisation.id,
        serviceId: place.service.id,
        isConfidential,
        agentIds: [agentId],
      })
      const told = board.rdvs.find((rdv) => rdv.rdvId === rdvId)
      expect(told?.level ?? 'busy').toBe(level)
    }
    const absent = levelOnAgenda(reach, everybody()[0] ?? 0) === 'busy' ? everybody().length : 0
    expect(board.busy).toHaveLength(booked.length - board.rdvs.length + absent)
    for (const busy of board.busy) expect(Object.keys(busy).sort()).toEqual(['agentId', 'endAt', 'startAt'])
    expect(board.openings.length).toBeGreaterThan(0)
    if (absent === 0) continue
    expect(JSON.stringify(board)).not.toContain('Secret')
    for (const { told } of board.openings) expect(told).toBeNull()
  }
})

describe('whose agendas', () => {
  const one = (): Scope => ({
    level: 'read',
    territoryId: pmi.territory.id,
    agentIds: [pmi.agents[0]?.id ?? 0],
    organisationIds: 'any',
    serviceIds: 'any',
  })

  test('one that is closed is not found, even beside one that is open', async () => {
    const agentIds = pmi.agents.map(({ id }) => id)
    await expect(boardOf(someone([one()]), { kind: 'agents', agentIds })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of a service or a lieu, only those that are open', async () => {
    for (const which of [
      { kind: 'service', serviceId: pmi.service.id },
      { kind: 'lieu', lieuId: pmi.lieu.id },
    ] as const) {
      const { agents } = await boardOf(someone([one()]), which)
      expect(agents.map(({ agentId }) => agentId)).toEqual([pmi.agents[0]?.id])
    }
  })

  test('of a lieu on a day, those who receive there that day: neither their other days nor the end of a series count', async () => {
    const place = await makeBookablePlace(db, { agentCount: BOARD_AGENTS + 2 })
    const agentIds = place.agents.map(({ id }) => id)
    const [onTuesday = 0, movedThere = 0] = agentIds.slice(-2)
    const others = sql`organisation_id = ${place.organisation.id} and agent_id <> ${onTuesday}`
    await db.execute(sql`update openings set rrule = 'FREQ=WEEKLY;BYDAY=MO' where ${others}`)
    await db.execute(sql`
      update openings set rrule = 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270308', last_day = '2027-03-08' where agent_id = ${movedThere}`)
    await db.execute(sql`
      insert into opening_exceptions (opening_id, on_day, kind, to_day, start_min, end_min)
      select id, '2027-03-08', 'moved', '2027-03-16', 840, 900 from openings where agent_id = ${movedThere}`)
    const scope = { ...one(), territoryId: place.territory.id, agentIds }
    const actor = someone([scope])
    const day = { fromDay: '2027-03-16', toDay: '2027-03-16' }
    const question = { which: { kind: 'lieu', lieuId: place.lieu.id }, ...day } as const
    const { agents, paging } = await getBoard({ ...ctxFor(db, { actor }), actor }, question)
    expect(agents.map(({ agentId }) => agentId).sort((a, b) => a - b)).toEqual([onTuesday, movedThere])
    expect(paging).toMatchObject({ pageCount: 1, agentCount: 2 })
  })

  test('who works at a lieu is not told of an agenda where one may only see that somebody is taken', async () => {
    const { agents } = await boardOf(someone([{ ...one(), level: 'busy' }]), { kind: 'lieu', lieuId: pmi.lieu.id })
    expect(agents).toEqual([])
  })
})

test('an occurrence cancelled or moved stands so', async () => {
  const place = await makeBookablePlace(db)
  const agentId = place.agents[0]?.id ?? 0
  await db.execute(sql`
    insert into opening_exceptions (opening_id, on_day, kind, to_day, start_min, end_min)
    select id, '2027-03-02'::date, 'cancelled', null::date, null::smallint, null::smallint from openings where agent_id = ${agentId}
    union all select id, '2027-03-03', 'moved', '2027-03-06', 840, 900 from openings where agent_id = ${agentId}`)
  const { openings } = await boardOf({ ...adminOf(place, agentId) }, { kind: 'agents', agentIds: [agentId] })
  const starts = openings.map(({ startAt }) => startAt.toISOString().slice(0, 16))
  expect(starts).not.toContain('2027-03-02T08:00')
  expect(starts).not.toContain('2027-03-03T08:00')
  expect(starts).toContain('2027-03-06T13:00')
  expect(openings.every(({ told }) => told?.title === 'Permanence')).toBe(true)
})

describe('more agents than a board holds side by side', () => {
  let place: BookablePlace
  let actor: AgentActor
  beforeAll(async () => {
    place = await makeBookablePlace(db, { agentCount: BOARD_AGENTS + 3 })
    const agentIds = place.agents.map(({ id }) => id)
    const all = { organisationIds: 'any', serviceIds: 'any' } as const
    actor = someone([{ level: 'read', territoryId: place.territory.id, agentIds, ...all }])
  })
  const pageOf = async (which: BoardQuestion['which'], page: number, toDay = '2027-03-02') => {
    const asked = { which, fromDay: '2027-03-02', toDay, page }
    const { agents, paging, openings } = await getBoard({ ...ctxFor(db, { actor }), actor }, asked)
    return { agentIds: agents.map(({ agentId }) => agentId), paging, openings }
  }

  test('stand on pages, each agent on one; beyond the last page is the last', async () => {
    for (const which of [
      { kind: 'lieu', lieuId: place.lieu.id },
      { kind: 'service', serviceId: place.service.id },
    ] as const) {
      const [first, second, beyond] = [await pageOf(which, 1), await pageOf(which, 2), await pageOf(which, 9)]
      expect(first.agentIds).toHaveLength(BOARD_AGENTS)
      expect(new Set([...first.agentIds, ...second.agentIds])).toEqual(new Set(place.agents.map(({ id }) => id)))
      const count = { pageCount: 2, agentCount: BOARD_AGENTS + 3 }
      expect(first.paging).toEqual({ ...count, page: 1, first: 1, last: BOARD_AGENTS })
      expect(second.paging).toEqual({ ...count, page: 2, first: BOARD_AGENTS + 1, last: BOARD_AGENTS + 3 })
      expect(beyond).toEqual(second)
    }
  })

  test('all stand in the week of their lieu, with what happens there alone', async () => {
    expect(LIEU_WEEK_AGENTS).toBeGreaterThan(BOARD_AGENTS + 3)
    const [other] = await db.execute<{ id: number }>(sql`
      insert into lieux (territory_id, organisation_id, name, address)
      select territory_id, organisation_id, 'Annexe', address from lieux where id = ${place.lieu.id}
      returning id::float8 as id`)
    const [moved] = place.agents
    await db.execute(sql`
      update openings set lieu_id = ${other?.id ?? 0} where agent_id = ${moved?.id ?? 0}`)
    const week = await pageOf({ kind: 'lieu', lieuId: place.lieu.id }, 1, '2027-03-03')
    const others = place.agents.slice(1).map(({ id }) => id)
    expect(new Set(week.agentIds)).toEqual(new Set(others))
    expect(week.openings).toHaveLength(2 * others.length)
    expect(week.paging.pageCount).toBe(1)
  })
})

test('asks as many questions for twelve agents as for one', async () => {
  const place = await makeBookablePlace(db, { agentCount: BOARD_AGENTS })
  const agentIds = place.agents.map(({ id }) => id)
  const scope: Scope = {
    level: 'read',
    territoryId: place.territory.id,
    agentIds,
    organisationIds: 'any',
    serviceIds: 'any',
  }
  const client = postgres(database.url, { max: 2 })
  const count = async (asked: number[]) => {
    const statements: string[] = []
    const logged = dbOn(client, { logQuery: (text) => void statements.push(text) })
    const actor = someone([scope])
    await getBoard({ ...ctxFor(logged, { actor }), actor }, { which: { kind: 'agents', agentIds: asked }, ...WEEK })
    return statements.length
  }
  expect(await count(agentIds)).toBe(await count(agentIds.slice(0, 1)))
  expect(await count(agentIds)).toBeLessThanOrEqual(5)
  await client.end()
})
