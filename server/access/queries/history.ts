import { sql, type SQL } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { administeredOrganisations, administeredTerritories, mayAdministerTerritory } from '../policy'
import { HISTORY_KINDS, type HistoryLine } from '../rules/history'
import { findAccessTerritory } from './accesses'

type AgentCtx = Ctx & { readonly actor: AgentActor }
type Asked = { territoryId: number | null; agentId: number | null; before: number | null }

const PAGE_SIZE = 30

/** As the index `events_rights` says it. */
const isOfRights = sql`e.kind like any (array['grant.%', 'member.%', 'group.%'])`

const idIn = (field: string): SQL => sql`(e.payload ->> ${sql.raw(`'${field}'`)})::bigint`
const agentNamed = (id: SQL) => sql`(select concat_ws(' ', first_name, last_name) from agents where id = ${id})`

const partySql = (
  side: 'grantee' | 'target',
) => sql`case when e.kind = 'grant.changed' and e.payload ? ${sql.raw(`'${side}Kind'`)} then
  json_build_object('kind', e.payload ->> ${sql.raw(`'${side}Kind'`)},
    'name', coalesce(${agentNamed(idIn(`${side}AgentId`))},
                     (select name from agent_groups where id = ${idIn(`${side}GroupId`)}),
                     (select name from organisations where id = ${idIn(`${side}OrganisationId`)}), ''),
    'service', (select short_name from services where id = ${idIn(`${side}ServiceId`)})) end`

/** A value of the event as text; services by their names. */
const valueSql = (side: 'old_value' | 'new_value') => {
  const value = sql`v.${sql.raw(side)}`
  return sql`(select case when v.field = 'services'
      then (select string_agg(short_name, ', ' order by short_name) from services where id in (
              select id::bigint from jsonb_array_elements_text(${value}) as ids (id)))
      else ${value} #>> '{}' end
    from event_values v where v.event_id = e.id and v.occurred_at = e.occurred_at
      and v.field in ('level', 'role', 'services', 'administers', 'name') limit 1)`
}

type Row = Omit<HistoryLine, 'at'> & { atMs: number }

const LAST_FIRST = sql`order by e.occurred_at desc, e.id desc limit ${PAGE_SIZE + 1}`

/** The last events that hold, as far as one page goes: each arm by its own index. */
const eventsSql = (holds: SQL, before: number | null) => sql`(
  select e.id, e.kind, e.occurred_at, e.actor_kind, e.actor_id, e.impersonator_id, e.subject_kind, e.subject_id, e.payload
  from events e where ${holds}
    ${before === null ? sql`` : sql`and (e.occurred_at, e.id) < (select occurred_at, id from events where id = ${before} limit 1)`}
  ${LAST_FIRST})`

/**
 * Who changed which rights, the newest first: about one agent, for those who may look at their accesses; or about everybody
 * the viewer administers, and of a whole territory whether the support may write there. `before`: the last line of the page before.
 */
export const listHistory = (
  ctx: AgentCtx,
  { territoryId, agentId, before }: Asked,
): Promise<{ zone: string; lines: HistoryLine[]; hasMore: boolean }> =>
  inRead(ctx, async (read) => {
    const { actor } = ctx
    const territory =
      agentId === null
        ? await findAdministeredTerritory(ctx, territoryId)
        : await findAccessTerritory({ ...read, actor }, { agentId, territoryId })
    const theirs = administeredOrganisations(actor)
    const isWhole = agentId === null && mayAdministerTerritory(actor, territory.territoryId)
    const about =
      agentId !== null
        ? sql`e.payload -> 'agentIds' @> to_jsonb(${agentId}::bigint)`
        : isWhole
          ? sql`true`
          : sql`(${idIn('organisationId')} = any(${idsSql(theirs)}) or exists (
              select from agent_roles r where r.organisation_id = any(${idsSql(theirs)})
                and e.payload -> 'agentIds' @> to_jsonb(r.agent_id)))`
    const ofRights = sql`${isOfRights} and e.kind in ${[...HISTORY_KINDS]} and e.territory_id = ${territory.territoryId} and ${about}`
    const ofSupport = sql`e.subject_kind = 'territory' and e.subject_id = ${territory.territoryId}
      and e.kind = 'territory.impersonated-writes-set'`
    const rows = await read.db.execute<Row>(sql`
      select e.id::float8 as "eventId", e.kind, extract(epoch from e.occurred_at)::float8 * 1000 as "atMs",
             case when e.actor_kind = 'agent' then ${agentNamed(sql`e.actor_id`)} end as by,
             e.actor_kind = 'super-admin' as "isSupport", e.impersonator_id is not null as "isImpersonated",
             case when e.subject_kind = 'agent' then ${agentNamed(sql`e.subject_id`)} end as agent,
             (select name from organisations where id = ${idIn('organisationId')}) as organisation,
             ${agentNamed(idIn('fromAgentId'))} as source,
             case when e.kind like 'group.%' then coalesce((select name from agent_groups where id = ${idIn('groupId')}), '') end as "group",
             case when e.kind like 'group.%' then coalesce((
               select json_agg(concat_ws(' ', a.first_name, a.last_name) order by a.last_name)
               from jsonb_array_elements_text(e.payload -> 'agentIds') as concerned (id) join agents a on a.id = concerned.id::bigint), '[]') else '[]'::json end as agents,
             ${partySql('grantee')} as grantee, ${partySql('target')} as target,
             ${valueSql('old_value')} as "from",
             coalesce(${valueSql('new_value')}, e.payload ->> 'isAllowed') as "to"
      from (${eventsSql(ofRights, before)} ${isWhole ? sql`union all ${eventsSql(ofSupport, before)}` : sql``}) e
      ${LAST_FIRST}`)
    return {
      zone: territory.zone,
      hasMore: rows.length > PAGE_SIZE,
      lines: rows.slice(0, PAGE_SIZE).map(({ atMs, ...line }) => ({ ...line, at: new Date(atMs) })),
    }
  })

const findAdministeredTerritory = (ctx: AgentCtx, territoryId: number | null) =>
  inRead(ctx, async ({ db }) => {
    const [territory] = await db.execute<{ territoryId: number; name: string; zone: string }>(sql`
      select id::float8 as "territoryId", name, zone from territories
      where id = any(${idsSql(administeredTerritories(ctx.actor))})
        ${territoryId === null ? sql`` : sql`and id = ${territoryId}`}
      order by name, id limit 1`)
    return found(territory)
  })
