import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import type { PlanningFact } from '../rules/planning'
import { authorOf } from './agent-facts'

/** What is said of an opening or an absence; of one that is gone, its title and its first day. */
export type PlanningWords = {
  title: string
  firstDay: string
  lastDay: string | null
  startMin: number | null
  endMin: number | null
  repeats: boolean
  lieu: string | null
}

/** Openings taken away because their agent left an organisation. */
export type ClosedOpenings = {
  organisation: string
  count: number
  /** Others of theirs lost motifs of it. */
  hasLessened: boolean
}

type Row = Omit<PlanningFact, 'author' | 'isClosing'> & {
  closed: ClosedOpenings | null
  isFirst: boolean
  territoryId: number | null
  wordsTerritoryId: number | null
  actor_kind: string
  actor_id: number | null
  is_impersonated: boolean
  author_name: string | null
  author_email: string | null
  opening: PlanningWords | null
  absence: PlanningWords | null
  was: PlanningWords | null
}

export type PlanningSave = PlanningFact & {
  territoryId: number | null
  /** In whose words it is told: of an absence, of the one territory its agent works in; null when there are several. */
  wordsTerritoryId: number | null
  authorName: string | null
  authorEmail: string | null
  words: PlanningWords | null
  closed: ClosedOpenings | null
}

/**
 * The save an event is of: whatever it wrote for the same agent at once is one. Null for another event than its first,
 * which speaks for it: openings closed speak for those that lost motifs at once.
 */
export async function findPlanningSave({ db }: ReadCtx, eventId: number): Promise<PlanningSave | null> {
  const [row] = await db.execute<Row>(sql`
    with told as (select * from events where id = ${eventId}),
    save as (
      select e.* from events e, told
      where e.occurred_at = told.occurred_at and e.request_id = told.request_id
        and e.payload ->> 'agentId' = told.payload ->> 'agentId' and e.kind <> 'openings.closed'
        and (e.subject_kind = told.subject_kind or told.kind = 'openings.closed' and e.subject_kind = 'opening')),
    closing as (
      select from events e, told
      where e.occurred_at = told.occurred_at and e.request_id = told.request_id and e.kind = 'openings.closed'
        and e.payload ->> 'agentId' = told.payload ->> 'agentId' and told.subject_kind = 'opening'),
    left_over as (select subject_id from save where kind like '%.saved' order by id desc limit 1)
    select case told.subject_kind when 'absence' then 'absence' else 'opening' end as kind, (told.payload ->> 'agentId')::float8 as "agentId",
           told.territory_id::float8 as "territoryId",
           coalesce(told.territory_id, (select min(place.territory_id) from agent_roles place
             where place.agent_id = (told.payload ->> 'agentId')::bigint
             having min(place.territory_id) = max(place.territory_id)))::float8 as "wordsTerritoryId",
           told.actor_kind, told.actor_id::float8 as actor_id,
           told.impersonator_id is not null as is_impersonated,
           (select concat_ws(' ', a.first_name, a.last_name) from agents a where a.id = told.actor_id) as author_name,
           (select a.email from agents a where a.id = told.actor_id) as author_email,
           told.kind = 'openings.closed'
             or not exists (select from closing) and not exists (select from save where save.id < told.id) as "isFirst",
           case when told.kind = 'openings.closed' then json_build_object(
             'organisation', (select o.name from organisations o where o.id = (told.payload ->> 'organisationId')::bigint),
             'count', jsonb_array_length(told.payload -> 'openingIds'),
             'hasLessened', exists (select from save)) end as closed,
           coalesce((select bool_and(coalesce((payload ->> 'isNew')::boolean, false)) from save), false) as "isNew",
           not exists (select from left_over) as "isGone",
           (select min((payload ->> 'nextInDays')::integer) from (select payload from save union all select told.payload) one) as "nextInDays",
           (select json_build_object('title', o.title, 'firstDay', o.first_day, 'lastDay', o.last_day,
                     'startMin', o.start_min, 'endMin', o.end_min, 'repeats', o.rrule is not null,
                     'lieu', (select l.name from lieux l where l.id = o.lieu_id))
              from openings o, left_over where told.subject_kind = 'opening' and o.id = left_over.subject_id) as opening,
           (select json_build_object('title', o.title, 'firstDay', o.first_day, 'lastDay', o.last_day,
                     'startMin', o.start_min, 'endMin', o.end_min, 'repeats', o.rrule is not null)
              from absences o, left_over where told.subject_kind = 'absence' and o.id = left_over.subject_id) as absence,
           (select json_build_object('title', max(v.old_value #>> '{}') filter (where v.field = 'title'),
                     'firstDay', max(v.old_value #>> '{}') filter (where v.field = 'firstDay'))
              from event_values v where v.event_id = told.id and v.occurred_at = told.occurred_at
             having count(*) > 0) as was
    from told
    where (told.subject_kind in ('opening', 'absence') or told.kind = 'openings.closed') and told.actor_kind = 'agent'`)
  if (!row?.isFirst) return null
  const {
    kind,
    agentId,
    isNew,
    isGone,
    nextInDays,
    territoryId,
    closed,
    author_name: authorName,
    author_email: authorEmail,
  } = row
  const words = closed ? null : (row.opening ?? row.absence ?? row.was)
  const fact = { kind, agentId, isNew, isGone, nextInDays, isClosing: closed !== null, author: authorOf(row) }
  return { ...fact, territoryId, wordsTerritoryId: row.wordsTerritoryId, authorName, authorEmail, words, closed }
}
