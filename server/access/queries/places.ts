import { sql, type SQL } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { mayAdministerOrganisation } from '../policy'
import type { ChangedGrant } from '../events/rights'
import type { Level } from '../rules/reach'

export type Place = { readonly organisationId: number; readonly territoryId: number }

/** The organisation, for those who administer it; to others there is none. */
export async function findAdministered(ctx: ReadCtx, organisationId: number): Promise<Place> {
  const [place] = await ctx.db.execute<Place>(sql`
    select id::float8 as "organisationId", territory_id::float8 as "territoryId" from organisations where id = ${organisationId}`)
  return found(place && mayAdministerOrganisation(ctx.actor, place) ? place : undefined)
}

/** Whether opening `o` may still receive. */
export const isToComeSql = (now: Date): SQL => sql`
  coalesce(o.last_day, case when o.rrule is null then o.first_day end, 'infinity'::date) >= ${instantSql(now)}::date`

/** Whether a territory offers each of these services. */
export async function areOffered(
  { db }: ReadCtx,
  territoryId: number,
  serviceIds: readonly number[],
): Promise<boolean> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from territory_services
    where territory_id = ${territoryId} and service_id = any(${idsSql(serviceIds)})`)
  return row?.count === new Set(serviceIds).size
}

/** Ignores reach: for commands that judge it. */
export async function loadServiceIds({ db }: ReadCtx, agentId: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select service_id::float8 as id from agent_services where agent_id = ${agentId} order by service_id`)
  return rows.map(({ id }) => id)
}

/** Where an agent works in a territory. Ignores reach: for commands that judge it. */
export async function loadOrganisationIds({ db }: ReadCtx, territoryId: number, agentId: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select organisation_id::float8 as id from agent_roles
    where agent_id = ${agentId} and territory_id = ${territoryId} order by organisation_id`)
  return rows.map(({ id }) => id)
}

/** Whether an agent `a` works or administers anywhere; twin of `hasPlace`. */
export const hasPlaceSql = (agentId: SQL): SQL => sql`(
  exists (select from agent_roles place where place.agent_id = ${agentId})
  or exists (select from territory_roles place where place.agent_id = ${agentId} and place.is_admin))`

/** The same, of one. Ignores reach: for commands that judge it. */
export async function hasPlaceLeft({ db }: ReadCtx, agentId: number): Promise<boolean> {
  const [row] = await db.execute<{ left: boolean }>(sql`select ${hasPlaceSql(sql`${agentId}`)} as left`)
  return row?.left ?? false
}

/** A grant as its row holds it, in JSON: `g`. */
export const grantRowSql = sql<LockedGrant>`json_build_object(
  'id', g.id, 'territoryId', g.territory_id, 'granteeKind', g.grantee_kind, 'granteeAgentId', g.grantee_agent_id,
  'granteeGroupId', g.grantee_group_id, 'granteeOrganisationId', g.grantee_organisation_id,
  'granteeServiceId', g.grantee_service_id, 'targetKind', g.target_kind, 'targetAgentId', g.target_agent_id,
  'targetGroupId', g.target_group_id, 'targetOrganisationId', g.target_organisation_id,
  'targetServiceId', g.target_service_id, 'level', g.level, 'scopeOrganisationIds', g.scope_organisation_ids,
  'scopeServiceIds', g.scope_service_ids)`

export type LockedGrant = ChangedGrant & { readonly level: Level }

/** Held to the end of the transaction, in the order of their ids. */
export async function lockGrants({ db }: ReadCtx, which: SQL): Promise<LockedGrant[]> {
  const rows = await db.execute<{ row: LockedGrant }>(sql`
    select ${grantRowSql} as row from grants g where ${which} order by g.id for update of g`)
  return rows.map(({ row }) => row)
}
