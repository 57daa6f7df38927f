import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { idsSql } from '@/server/platform/sql'
import { administeredOrganisations, mayAdministerOrganisation, mayAdministerTerritory } from '../policy'
import type { GrantLine } from '../rules/grants'
import type { GroupLine, Named, Parties } from '../rules/groups'
import { givenTo, opens, readLines } from './grants'

type AgentCtx = Ctx & { readonly actor: AgentActor }
type AgentReadCtx = ReadCtx & { readonly actor: AgentActor }

export type AccessTerritory = { territoryId: number; name: string; zone: string }

/**
 * The territory in which the actor may look at the accesses of an agent: their own, or one where they administer the whole
 * or an organisation of theirs. Beyond reach is not found.
 */
export async function findAccessTerritory(
  read: AgentReadCtx,
  { agentId, territoryId }: { agentId: number; territoryId: number | null },
): Promise<AccessTerritory> {
  const { actor } = read
  const [territory] = await read.db.execute<AccessTerritory>(sql`
    select t.id::float8 as "territoryId", t.name, t.zone from agent_roles r join territories t on t.id = r.territory_id
    where r.agent_id = ${agentId} ${territoryId === null ? sql`` : sql`and t.id = ${territoryId}`}
      and (r.agent_id = ${actor.agentId} or r.territory_id = any(${idsSql(actor.administers)})
           or r.organisation_id = any(${idsSql(administeredOrganisations(actor))}))
    order by t.name, t.id limit 1`)
  return found(territory)
}

export type Accesses = {
  readonly agentId: number
  readonly name: string
  readonly territory: AccessTerritory
  readonly isTerritoryAdmin: boolean
  readonly serviceIds: readonly number[]
  readonly places: readonly { organisationId: number; name: string }[]
  /** Who sees their agenda. */
  readonly on: readonly GrantLine[]
  /** What they see: given to them alone, to a group or a place of theirs. */
  readonly given: readonly GrantLine[]
  /** Whether the viewer administers the territory itself. */
  readonly isWhole: boolean
  /** Whether they administer it, or an organisation the agent works in: to whom the accesses are alone their own, false. */
  readonly isAdministered: boolean
}

/** Everything a territory says of the accesses of one agent: theirs, and those on their agenda. */
export const getAccesses = (ctx: AgentCtx, asked: { agentId: number; territoryId: number | null }): Promise<Accesses> =>
  inRead(ctx, async (read) => {
    const mine = { ...read, actor: ctx.actor }
    const { agentId } = asked
    const territory = await findAccessTerritory(mine, asked)
    const here = sql`g.territory_id = ${territory.territoryId}`
    const [agent] = await read.db.execute<Pick<Accesses, 'name' | 'isTerritoryAdmin' | 'serviceIds' | 'places'>>(sql`
      select concat_ws(' ', a.first_name, a.last_name) as name,
             exists (select from territory_roles r where r.agent_id = a.id and r.territory_id = ${territory.territoryId}
                     and r.is_admin) as "isTerritoryAdmin",
             array(select service_id from agent_services where agent_id = a.id order by service_id)::float8[] as "serviceIds",
             (select json_agg(json_build_object('organisationId', o.id, 'name', o.name) order by o.name) from agent_roles r
              join organisations o on o.id = r.organisation_id
              where r.agent_id = a.id and r.territory_id = ${territory.territoryId}) as places
      from agents a where a.id = ${agentId} and a.deleted_at is null`)
    const on = await readLines(mine, sql`${here} and ${opens(agentId)}`)
    const given = await readLines(
      mine,
      sql`${here} and ${givenTo(agentId)} and g.target_agent_id is distinct from ${agentId}`,
    )
    const { territoryId } = territory
    const sheet = found(agent)
    return {
      agentId,
      ...sheet,
      territory,
      on,
      given,
      isWhole: mayAdministerTerritory(ctx.actor, territoryId),
      isAdministered: sheet.places.some(({ organisationId }) =>
        mayAdministerOrganisation(ctx.actor, { organisationId, territoryId }),
      ),
    }
  })

const MAX_CHOICES = 2000

const byName = sql`a.last_name collate "fr-x-icu", a.first_name collate "fr-x-icu", a.id`
const agentName = sql`concat_ws(' ', a.first_name, a.last_name)`

/**
 * What a right may speak of in a territory, for whoever works or administers there: the agents of their own organisations,
 * or of all for its admins.
 */
export const listParties = (ctx: AgentCtx, { territoryId }: { territoryId: number }): Promise<Parties> =>
  inRead(ctx, async ({ db }) => {
    const { actor } = ctx
    const works = actor.memberships.filter((place) => place.territoryId === territoryId)
    const isWhole = mayAdministerTerritory(actor, territoryId)
    found(isWhole || works.length > 0 ? territoryId : undefined)
    const among = isWhole
      ? sql`r.territory_id = ${territoryId}`
      : sql`r.organisation_id = any(${idsSql(works.map(({ organisationId }) => organisationId))})`
    const [row] = await db.execute<Parties>(sql`
      select coalesce((select json_agg(json_build_object('id', a.id, 'name', ${agentName}) order by ${byName}) from (
               select * from agents a where a.deleted_at is null and a.activated_at is not null
                 and exists (select from agent_roles r where r.agent_id = a.id and r.level <> 'intervenant' and ${among})
               limit ${MAX_CHOICES}) a), '[]') as agents,
             coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name collate "fr-x-icu")
                       from agent_groups where territory_id = ${territoryId}), '[]') as groups,
             coalesce((select json_agg(json_build_object('id', id, 'name', name) order by name collate "fr-x-icu")
                       from organisations where territory_id = ${territoryId}), '[]') as organisations,
             coalesce((select json_agg(json_build_object('id', s.id, 'name', s.name) order by s.name collate "fr-x-icu")
                       from territory_services t join services s on s.id = t.service_id
                       where t.territory_id = ${territoryId}), '[]') as services`)
    return found(row)
  })

/** The groups of a territory, for its admins. */
export const listGroups = (ctx: AgentCtx, { territoryId }: { territoryId: number }): Promise<GroupLine[]> => {
  found(mayAdministerTerritory(ctx.actor, territoryId) ? territoryId : undefined)
  return inRead(ctx, async ({ db }) => {
    const rows = await db.execute<GroupLine>(sql`
      select g.id::float8 as "groupId", g.name,
             (select count(*)::integer from agent_group_members m where m.group_id = g.id) as "memberCount"
      from agent_groups g where g.territory_id = ${territoryId} order by g.name collate "fr-x-icu", g.id limit ${MAX_CHOICES}`)
    return [...rows]
  })
}

export type GroupSheet = GroupLine & {
  readonly territoryId: number
  readonly members: readonly Named[]
  readonly grants: readonly GrantLine[]
}

/** One of them: its members, what it was given, and what it opens. */
export const getGroup = (ctx: AgentCtx, { groupId }: { groupId: number }): Promise<GroupSheet> =>
  inRead(ctx, async (read) => {
    const [row] = await read.db.execute<Omit<GroupSheet, 'grants' | 'memberCount'>>(sql`
      select g.id::float8 as "groupId", g.name, g.territory_id::float8 as "territoryId",
             coalesce((select json_agg(json_build_object('id', a.id, 'name', ${agentName}) order by ${byName})
                       from agent_group_members m join agents a on a.id = m.agent_id where m.group_id = g.id), '[]') as members
      from agent_groups g where g.id = ${groupId}`)
    const group = found(row && mayAdministerTerritory(ctx.actor, row.territoryId) ? row : undefined)
    const grants = await readLines(
      { ...read, actor: ctx.actor },
      sql`g.grantee_group_id = ${groupId} or g.target_group_id = ${groupId}`,
    )
    return { ...group, memberCount: group.members.length, grants }
  })
