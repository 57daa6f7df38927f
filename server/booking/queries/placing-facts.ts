import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { isAtLeast, levelOnAgenda, reachOf } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { loadAbsenceTimes } from '@/server/scheduling/queries/absences'
import type { PlacingFacts, PlacingQuestion } from '../rules/warnings'
import { loadOpeningTimes } from './opening-times'

type Question = PlacingQuestion & {
  motifId: number
  usagerIds: readonly number[]
  zone: string
  /** The RDV itself, when it moves. */
  exceptRdvId: number | null
}

/**
 * What the warnings of an RDV to come are judged on, in one flight of four statements: agents' times whatever the reach,
 * since busy is busy; where they receive and what became of people only as far as the agent may know.
 */
export async function readPlacingFacts(read: ReadCtx, actor: AgentActor, question: Question): Promise<PlacingFacts> {
  const { agentIds, startsAt, endsAt, zone } = question
  const days = { agentIds, fromDay: dayOf(startsAt, zone), toDay: dayOf(endsAt, zone) }
  const [taken, away, openings, people] = await Promise.all([
    readTaken(read, question),
    loadAbsenceTimes(read, days),
    loadOpeningTimes(read, days),
    readPeople(read, actor, question),
  ])
  const mayKnow = (agentId: number) => isAtLeast(levelOnAgenda(reachOf(actor), agentId), 'read')
  return {
    taken,
    away,
    openings: openings.map((one) => ({ ...one, placeName: mayKnow(one.agentId) ? one.placeName : null })),
    ...people,
  }
}

/** From an hour before the start, for the hole left there. */
async function readTaken({ db }: ReadCtx, { agentIds, startsAt, endsAt, exceptRdvId }: Question) {
  const rows = await db.execute<{ agent_id: number; start_ms: number; end_ms: number }>(sql`
    select t.agent_id::float8 as agent_id, extract(epoch from t.starts_at)::float8 * 1000 as start_ms,
           extract(epoch from t.ends_at)::float8 * 1000 as end_ms
    from agent_times t
    where t.agent_id = any(${idsSql(agentIds)}) and t.occupies
      and t.starts_at < ${instantSql(endsAt)} and t.ends_at > ${instantSql(startsAt)} - interval '1 hour'
      and t.starts_at > ${instantSql(startsAt)} - interval '25 hours'
      and t.rdv_id is distinct from ${exceptRdvId}`)
  return rows.map((row) => ({
    agentId: row.agent_id,
    startAt: new Date(row.start_ms),
    endAt: new Date(row.end_ms),
  }))
}

async function readPeople(
  { db }: ReadCtx,
  actor: AgentActor,
  { usagerIds, motifId, startsAt, zone, exceptRdvId }: Question,
) {
  const isOpen = rdvsWithin(reachOf(actor), 'read')
  const rows = await db.execute<{ usager_id: number; no_shows: number; same_day_ms: number | null }>(sql`
    select person.id::float8 as usager_id,
           (select count(*)::integer from participations p join rdvs on rdvs.id = p.rdv_id
            where p.usager_id = person.id and p.status = 'noshow' and ${isOpen}) as no_shows,
           (select extract(epoch from min(rdvs.starts_at))::float8 * 1000 from participations p join rdvs on rdvs.id = p.rdv_id
            where p.usager_id = person.id and rdvs.motif_id = ${motifId} and p.status in ('unknown', 'seen', 'noshow')
              and rdvs.occupies and rdvs.id is distinct from ${exceptRdvId}
              and (rdvs.starts_at at time zone ${zone})::date = (${instantSql(startsAt)} at time zone ${zone})::date
              and ${isOpen}) as same_day_ms
    from unnest(${idsSql(usagerIds)}) as person (id)`)
  return {
    sameDay: rows.flatMap(({ usager_id, same_day_ms }) =>
      same_day_ms === null ? [] : [{ usagerId: usager_id, startAt: new Date(same_day_ms) }],
    ),
    noShows: rows.map(({ usager_id, no_shows }) => ({ usagerId: usager_id, count: no_shows })),
  }
}
