import { sql, type SQL } from 'drizzle-orm'
import type { Scope } from '@/server/kernel/actor'
import { idsSql } from '@/server/platform/sql'
import { LEVELS, placesOf, type Level, type Reach } from '../rules/reach'

const rankOf = (level: Level) => sql.raw(String(LEVELS.indexOf(level)))

const listed = (ids: 'any' | readonly number[]) => (ids === 'any' ? null : ids)

/** The scopes as SQL reads them: a null list is any. */
const scopesSql = ({ scopes }: Reach): SQL => {
  const rows = scopes.map((scope) => ({
    level: LEVELS.indexOf(scope.level),
    territory: scope.territoryId,
    agents: listed(scope.agentIds),
    organisations: listed(scope.organisationIds),
    services: listed(scope.serviceIds),
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as scope
    (level integer, territory bigint, agents bigint[], organisations bigint[], services bigint[])`
}

/**
 * `levelOn(reach, rdv)` of a row of `rdvs`, as its place in `LEVELS`; compare it with `levelSql`. Agents of an RDV are read
 * in `agent_times`, whatever its status.
 */
export function rankOfRdv(reach: Reach): SQL {
  if (reach.agentId === null) return rankOf('none')
  const isTheirs = sql`exists (
    select from agent_times own where own.rdv_id = rdvs.id and own.agent_id = ${reach.agentId})`
  const isHere = sql`rdvs.organisation_id = any(${idsSql(placesOf(reach))})`
  const whole = sql`when ${isHere} and ${isTheirs} then ${rankOf('write')}`
  const taken = sql`case when ${isTheirs} then ${rankOf('busy')} else ${rankOf('none')} end`
  if (reach.scopes.length === 0) return sql`(case ${whole} else ${taken} end)`
  const holdsAgenda = sql`exists (
    select from agent_times held where held.rdv_id = rdvs.id and held.agent_id = any(scope.agents))`
  // Named so that nothing of the query around is taken for it.
  return sql`(case ${whole} else (
    select least(
             greatest(${taken}, max(case when scope.territory = rdvs.territory_id
                        and (scope.organisations is null or rdvs.organisation_id = any(scope.organisations))
                        and (scope.services is null or about.service_id = any(scope.services)) then scope.level
                      when scope.agents is not null then ${rankOf('busy')} else ${rankOf('none')} end)),
             case when about.is_confidential and not about.service_id = any(${idsSql(reach.serviceIds)}) then ${rankOf('busy')} end)
    from motifs about left join ${scopesSql(reach)} on scope.agents is null or ${holdsAgenda}
    where about.id = rdvs.motif_id
    group by about.id) end)`
}

/** Whether a row of `rdvs` is open to this reach, at this level or above. */
export const rdvsWithin = (reach: Reach, least: Exclude<Level, 'none'>): SQL =>
  sql`${rankOfRdv(reach)} >= ${rankOf(least)}`

/**
 * Whether a row named `motif` is of those an agent of this reach uses, at this level or above: those of their services
 * where they work, all but the confidential ones for an admin or a secretary (domain §1.9), and those of which some scope
 * opens RDVs. `mayUseMotif` and `mayKnowMotif` (server/booking/policy.ts) as SQL.
 */
export function motifsWithin(reach: Reach, least: Exclude<Level, 'none'>): SQL {
  if (reach.agentId === null) return sql`false`
  const kept = reach.memberships.filter(({ level }) => level !== 'intervenant')
  const whole = kept.filter(({ level, isSecretary }) => level === 'admin' || isSecretary)
  const idsOf = (places: typeof kept) => idsSql(places.map(({ organisationId }) => organisationId))
  const isOwn = sql`motif.service_id = any(${idsSql(reach.serviceIds)})`
  return sql`(case when motif.is_confidential and not ${isOwn} then false
    when motif.organisation_id = any(${idsOf(kept)}) and ${isOwn} or motif.organisation_id = any(${idsOf(whole)}) then true
    else exists (select from ${scopesSql(reach)} where scope.level >= ${rankOf(least)} and scope.territory = motif.territory_id
      and (scope.organisations is null or motif.organisation_id = any(scope.organisations))
      and (scope.services is null or motif.service_id = any(scope.services))) end)`
}

/**
 * What the grants open to the agent of the row `agents`: those given to them, to their groups and to their places, alike
 * put together. One JSON array of `Scope` with null for 'any'.
 */
export const grantedScopesSql = sql<ScopeJson[]>`(
  select coalesce(json_agg(opened), '[]') from (
    with all_given as (
      select g.* from grants g where g.grantee_agent_id = agents.id
      union all
      select g.* from agent_group_members member join grants g on g.grantee_group_id = member.group_id
      where member.agent_id = agents.id
      union all
      select g.* from agent_roles place join grants g on g.grantee_organisation_id = place.organisation_id
      where place.agent_id = agents.id and case g.grantee_kind
        when 'secretaries' then place.is_secretary
        when 'admins' then place.level = 'admin'
        else place.level <> 'intervenant' and (g.grantee_service_id is null or exists (
          select from agent_services own where own.agent_id = agents.id and own.service_id = g.grantee_service_id)) end
    ), given as (select * from all_given where level <> 'none'
    ), agendas as (
      select given.*, given.target_agent_id as agent_id from given where given.target_kind = 'agent'
      union all
      select given.*, member.agent_id from given join agent_group_members member on member.group_id = given.target_group_id
      union all
      select given.*, place.agent_id from given join agent_roles place on place.organisation_id = given.target_organisation_id
      where given.target_service_id is null or exists (
        select from agent_services theirs where theirs.agent_id = place.agent_id and theirs.service_id = given.target_service_id)
    )
    select level, territory_id as "territoryId", scope_organisation_ids as "organisationIds", scope_service_ids as "serviceIds",
           array_agg(distinct agent_id order by agent_id) as "agentIds"
    from agendas where agent_id <> agents.id
    group by level, territory_id, scope_organisation_ids, scope_service_ids
    union all
    select level, territory_id, array[target_organisation_id],
           coalesce(case when target_service_id is not null then array[target_service_id] end, scope_service_ids), null
    from given
    where target_kind = 'everyone'
      and (scope_organisation_ids is null or target_organisation_id = any(scope_organisation_ids))
      and (target_service_id is null or scope_service_ids is null or target_service_id = any(scope_service_ids))
  ) opened)`

/**
 * The other way round, for a confidential RDV that is not theirs: whether the agent of the row `agents` opens it, at `read` or
 * above, as `levelOn` says. Not in a loop over agents: their scopes are gathered within the statement.
 */
export const opensConfidentialRdv = (rdvId: number | SQL | null): SQL => sql`exists (
  select from rdvs
  join motifs about on about.id = rdvs.motif_id
  join agent_services own on own.service_id = about.service_id and own.agent_id = agents.id
  join json_to_recordset(${grantedScopesSql}) as scope
    (level text, "territoryId" bigint, "agentIds" bigint[], "organisationIds" bigint[], "serviceIds" bigint[])
    on scope.level in ('read', 'write') and scope."territoryId" = rdvs.territory_id
    and (scope."organisationIds" is null or rdvs.organisation_id = any(scope."organisationIds"))
    and (scope."serviceIds" is null or about.service_id = any(scope."serviceIds"))
    and (scope."agentIds" is null or exists (
      select from agent_times held where held.rdv_id = rdvs.id and held.agent_id = any(scope."agentIds")))
  where rdvs.id = ${rdvId})`

type OrAny<List> = List | null
export type ScopeJson = {
  level: Scope['level']
  territoryId: number
  agentIds: OrAny<number[]>
  organisationIds: OrAny<number[]>
  serviceIds: OrAny<number[]>
}

export const toScope = ({ level, territoryId, ...lists }: ScopeJson): Scope => ({
  level,
  territoryId,
  agentIds: lists.agentIds ?? 'any',
  organisationIds: lists.organisationIds ?? 'any',
  serviceIds: lists.serviceIds ?? 'any',
})
