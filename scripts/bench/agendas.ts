import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import type { Db } from '@/db/client'
import type { AgentActor } from '@/server/kernel/actor'
import { makeCtx } from '@/server/platform/ctx'
import { appRouter } from '@/server/root'
import { addDays } from '@/server/scheduling/rules/civil'
import { createCallerFactory } from '@/server/trpc'
import { randomFrom } from './bookings'
import type { BenchResult } from './result'
import { refuseSequentialScans, timeResults, timesOfRounds } from './search'
import { recording } from './statements'

const ROUNDS = 41
const SIDE_BY_SIDE = 8
const [WEEK_DAYS, MONTH_DAYS] = [7, 30]
const callerOf = createCallerFactory(appRouter)

/** An organisation of the scaled set, as its secretary sees it: the busiest agent first. */
type Desk = { actor: AgentActor; agentIds: number[]; motifIds: number[] }

async function findDesks(db: Db): Promise<Desk[]> {
  const rows = await db.execute<{
    territory_id: number
    organisation_id: number
    agent_ids: number[]
    motif_ids: number[]
  }>(sql`
    select o.territory_id::float8 as territory_id, o.id::float8 as organisation_id,
           array(select r.agent_id::float8 from agent_roles r where r.organisation_id = o.id
                 order by (select count(*) from agent_times t where t.agent_id = r.agent_id) desc, r.agent_id) as agent_ids,
           array(select m.id::float8 from motifs m where m.organisation_id = o.id and not m.is_collective and m.deleted_at is null
                 order by m.id) as motif_ids
    from organisations o join territories t on t.id = o.territory_id
    where t.name like 'Banc d’essai %' order by o.id limit 12`)
  return rows.map(({ territory_id, organisation_id, agent_ids, motif_ids }) => ({
    agentIds: agent_ids,
    motifIds: motif_ids,
    actor: {
      kind: 'agent',
      agentId: agent_ids.at(-1) ?? 0,
      sessionId: randomUUID(),
      memberships: [{ organisationId: organisation_id, territoryId: territory_id, level: 'basic', isSecretary: true }],
      serviceIds: [],
      scopes: [
        {
          level: 'write',
          territoryId: territory_id,
          agentIds: agent_ids,
          organisationIds: [organisation_id],
          serviceIds: 'any',
        },
      ],
      administers: [],
    },
  }))
}

const deskOf = (db: Db, { actor }: Desk) =>
  callerOf(makeCtx(db, { actor, now: new Date(), requestId: randomUUID(), clientAddress: null }))

/** What an agent asks all day: a busy week, eight agendas side by side, the next free times for a caller, the list of a month. */
export async function benchAgendas(db: Db): Promise<BenchResult[]> {
  const desks = await findDesks(db)
  const random = randomFrom(36)
  const [first] = desks
  if (!first) throw new Error('the scaled data has no organisation')
  const today = new Date().toISOString().slice(0, 10)
  const someDay = () => addDays(today, random(30) - 15)
  const kinds: { name: string; ask: (on: Db, desk: Desk) => Promise<unknown> }[] = [
    {
      name: 'scaled agenda, a week of the busiest agent',
      ask: (on, desk) => {
        const fromDay = someDay()
        const which = { kind: 'agents' as const, agentIds: desk.agentIds.slice(0, 1) }
        return deskOf(on, desk).booking.getBoard({ which, fromDay, toDay: addDays(fromDay, WEEK_DAYS - 1) })
      },
    },
    {
      name: 'scaled agendas, 8 agents side by side',
      ask: (on, desk) => {
        const day = someDay()
        const which = { kind: 'agents' as const, agentIds: desk.agentIds.slice(0, SIDE_BY_SIDE) }
        return deskOf(on, desk).booking.getBoard({ which, fromDay: day, toDay: day })
      },
    },
    {
      name: 'scaled free times, for a caller',
      ask: (on, desk) => {
        const motifId = desk.motifIds[random(desk.motifIds.length)] ?? 0
        const anywhere = { agents: 'any' as const, groupIds: [], lieux: 'any' as const }
        return deskOf(on, desk).booking.searchAgentSlots({ motifId, ...anywhere, fromDay: today, together: false })
      },
    },
    {
      name: 'scaled list of RDVs, a month of an organisation',
      ask: (on, desk) => {
        const fromDay = someDay()
        const all = { agentId: 'any', organisationId: 'any', motifId: 'any', lieuId: 'any' } as const
        const whole = { ...all, statuses: 'any', author: 'any', person: '', sort: 'start', direction: 'asc' } as const
        return deskOf(on, desk).lists.listRdvs({ ...whole, fromDay, toDay: addDays(fromDay, MONTH_DAYS), from: null })
      },
    },
  ]
  const recorded = recording(db)
  const results: BenchResult[] = []
  for (const { name, ask } of kinds) {
    recorded.forget()
    await ask(recorded.db, first)
    await refuseSequentialScans(db, recorded.statements)
    const times = await timesOfRounds([0], () => ask(db, desks[random(desks.length)] ?? first), ROUNDS)
    results.push(...timeResults(name, times, ROUNDS))
  }
  return results
}
