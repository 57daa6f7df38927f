import { sql } from 'drizzle-orm'
import type { NotificationLevel } from '@/server/access/rules/preferences'
import type { MovedValue } from '@/server/booking/rules/reschedule'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { AgentsRdv, Author, RdvFact } from '../rules/agent-telling'

/** An RDV as its agents know it, and up to which fact they do; null when it is gone. */
export type RdvToTell = AgentsRdv & {
  territoryId: number
  zone: string
  /** Another of those placed together that is still to come is before it, and speaks for them. */
  isRepeat: boolean
  /** Null while nobody was ever told. */
  told: { eventId: number; version: number } | null
}

type RdvRow = Omit<RdvToTell, 'isPlaced' | 'isOn' | 'startsAt' | 'peopleCount'> & { status: Status; start_ms: number }

export async function findRdvToTell({ db, now }: ReadCtx, rdvId: number): Promise<RdvToTell | null> {
  const [row] = await db.execute<RdvRow>(sql`
    select r.territory_id::float8 as "territoryId", t.zone, r.status, r.lieu_id::float8 as "lieuId", r.title,
           extract(epoch from r.starts_at)::float8 * 1000 as start_ms,
           round(extract(epoch from r.ends_at - r.starts_at) / 60)::integer as "durationMin",
           (select coalesce(json_agg(part.agent_id order by part.agent_id), '[]')
              from agent_times part where part.rdv_id = r.id) as "agentIds",
           exists (select from rdvs first where first.series_id = r.series_id and first.id < r.id
             and first.status = 'unknown' and first.starts_at > ${instantSql(now)}) as "isRepeat",
           (select json_build_object('eventId', k.event_id, 'version', k.version)
              from agent_tellings k where k.rdv_id = r.id) as told
    from rdvs r join territories t on t.id = r.territory_id where r.id = ${rdvId}`)
  if (!row) return null
  const { status, start_ms, ...rdv } = row
  return { ...rdv, isPlaced: true, isOn: !isCancelled(status), startsAt: new Date(start_ms), peopleCount: 0 }
}

type FactRow = {
  event_id: number
  kind: string
  actor_kind: string
  actor_id: number | null
  is_impersonated: boolean
  of_one: boolean
  changes: { field: string; from: unknown; to: unknown }[]
}

/** The facts of an RDV from this one on, in order. */
export async function listRdvFacts({ db }: ReadCtx, rdvId: number, fromEventId: number): Promise<RdvFact[]> {
  const rows = await db.execute<FactRow>(sql`
    select e.id::float8 as event_id, e.kind, e.actor_kind, e.actor_id::float8 as actor_id,
           e.impersonator_id is not null as is_impersonated,
           coalesce((e.payload ->> 'participationOnly')::boolean, false) as of_one,
           (select coalesce(json_agg(json_build_object('field', v.field, 'from', v.old_value, 'to', v.new_value)), '[]')
              from event_values v where v.event_id = e.id and v.occurred_at = e.occurred_at) as changes
    from events e
    where e.subject_kind = 'rdv' and e.subject_id = ${rdvId} and e.id >= ${fromEventId}
    order by e.id`)
  return rows.flatMap((row) => {
    const what = whatOf(row)
    return what ? [{ eventId: row.event_id, author: authorOf(row), ...what }] : []
  })
}

type What = RdvFact extends infer One ? (One extends RdvFact ? Omit<One, 'eventId' | 'author'> : never) : never

function whatOf({ kind, changes, of_one: isOfOne }: FactRow): What | null {
  switch (kind) {
    case 'rdv.booked':
    case 'rdv.created':
      return { kind: 'placed' }
    case 'rdv.status-set':
      return { kind: 'status', from: changes[0]?.from as Status }
    case 'rdv.cancelled':
      return isOfOne ? { kind: 'left' } : { kind: 'status', from: 'unknown' }
    case 'rdv.participation-added':
      return { kind: 'joined' }
    case 'rdv.moved':
      // What was stored under this kind is what its constructor made.
      return { kind: 'moved', values: changes as MovedValue[] }
    case 'rdv.title-set':
      return { kind: 'titled', from: (changes[0]?.from ?? null) as string | null }
    default:
      return null
  }
}

export function authorOf({
  actor_kind: kind,
  actor_id: id,
  is_impersonated: isImpersonated,
}: Pick<FactRow, 'actor_kind' | 'actor_id' | 'is_impersonated'>): Author {
  if (isImpersonated || kind === 'super-admin') return { kind: 'support' }
  if (kind === 'agent' && id !== null) return { kind: 'agent', agentId: id }
  return { kind: kind === 'system' ? 'system' : 'usager' }
}

/** How an agent is told, and the first fact of what still waits to leave for them. */
export type AgentToTell = {
  agentId: number
  name: string
  email: string | null
  level: NotificationLevel
  openingLevel: NotificationLevel
  absenceLevel: NotificationLevel
  arrivalLevel: 'all' | 'none'
  waitingFrom: number | null
  /** False once they left the organisation of the RDV: they know when they are taken, and nothing more. */
  worksThere: boolean
}

/**
 * Those of these agents who work somewhere still and answered their invitation; `rdvId` null when it is not about one.
 */
export const listAgentsToTell = async (
  { db }: ReadCtx,
  agentIds: readonly number[],
  rdvId: number | null,
): Promise<AgentToTell[]> => [
  ...(await db.execute<AgentToTell>(sql`
    select a.id::float8 as "agentId", concat_ws(' ', a.first_name, a.last_name) as name, a.email,
           a.rdv_notifications as level, a.opening_notifications as "openingLevel",
           a.absence_notifications as "absenceLevel", a.arrival_notifications as "arrivalLevel",
           (select min(m.event_id)::float8 from messages m
             where m.rdv_id = ${rdvId} and m.agent_id = a.id and m.state = 'waiting'
               and m.news <> 'arrived') as "waitingFrom",
           ${rdvId}::bigint is null or exists (select from agent_roles place join rdvs r on r.organisation_id = place.organisation_id
             where place.agent_id = a.id and r.id = ${rdvId}) as "worksThere"
    from agents a
    where a.id = any(${idsSql(agentIds)}) and a.deleted_at is null and a.activated_at is not null
      and exists (select from agent_roles place where place.agent_id = a.id)
    order by a.id`)),
]

/** Whether something newer was written to this agent about what this RDV is; that somebody came to it is not. */
export async function isOvertaken(
  { db }: ReadCtx,
  { id, rdvId, agentId }: { id: number; rdvId: number; agentId: number },
): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from messages where rdv_id = ${rdvId} and agent_id = ${agentId} and id > ${id} and news <> 'arrived' limit 1`)
  return rows.length > 0
}
