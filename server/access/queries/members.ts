import { sql } from 'drizzle-orm'
import type { AgentActor } from '@/server/kernel/actor'
import { AppError, found } from '@/server/kernel/errors'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { holdsWordsSql, idsSql } from '@/server/platform/sql'
import { tokenOf } from '@/server/platform/tokens'
import { administeredOrganisations, administeredTerritories, mayAdministerTerritory } from '../policy'
import type { Member } from '../rules/members'
import { findAdministered } from './places'

type AgentCtx = Ctx & { readonly actor: AgentActor }

const PAGE_SIZE = 50

type Membership = { level: Member['level']; isSecretary: boolean; isActive: boolean }

/** An agent's place in an organisation, held to the end of the transaction; null when they have none. */
export async function lockMembership(
  { db }: ReadCtx,
  { organisationId, agentId }: { organisationId: number; agentId: number },
): Promise<Membership | null> {
  const [row] = await db.execute<Membership>(sql`
    select r.level, r.is_secretary as "isSecretary", a.activated_at is not null as "isActive"
    from agent_roles r join agents a on a.id = r.agent_id
    where r.organisation_id = ${organisationId} and r.agent_id = ${agentId} and a.deleted_at is null
    for no key update of r`)
  return row ?? null
}

/** What an agent is looked for by. */
const soughtSql = sql`concat_ws(' ', a.first_name, a.last_name, a.email)`

const servicesSql = sql`coalesce((select json_agg(s.short_name order by s.short_name) from agent_services own
  join services s on s.id = own.service_id where own.agent_id = a.id), '[]')`

const memberColumns = sql`
  a.id::float8 as "agentId", concat_ws(' ', a.first_name, a.last_name) as name, a.email, ${servicesSql} as services,
  case when a.activated_at is null and a.invited_at is not null then 'invited' else 'active' end as state`

const byName = sql`a.last_name collate "fr-x-icu", a.first_name collate "fr-x-icu", a.id`

type Listed<One> = { members: One[]; hasMore: boolean }
const pageOf = <One>(rows: readonly One[]): Listed<One> => ({
  members: rows.slice(0, PAGE_SIZE),
  hasMore: rows.length > PAGE_SIZE,
})

/** Who works in an organisation, for those who administer it, by last name. */
export const listMembers = (
  ctx: AgentCtx,
  { organisationId, search, page }: { organisationId: number; search: string; page: number },
): Promise<Listed<Member>> =>
  inRead(ctx, async (read) => {
    await findAdministered(read, organisationId)
    const rows = await read.db.execute<Member>(sql`
      select ${memberColumns}, r.level, r.is_secretary as "isSecretary"
      from agent_roles r join agents a on a.id = r.agent_id
      where r.organisation_id = ${organisationId} and a.deleted_at is null and ${holdsWordsSql(soughtSql, search)}
      order by ${byName} limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}`)
    return pageOf(rows)
  })

export type TerritoryAgent = Omit<Member, 'level' | 'isSecretary'> & {
  organisations: readonly string[]
  isTerritoryAdmin: boolean
}

/** Everybody who works in a territory, for its admins, by last name. */
export const listTerritoryAgents = (
  ctx: AgentCtx,
  { territoryId, search, page }: { territoryId: number; search: string; page: number },
): Promise<Listed<TerritoryAgent>> => {
  if (!mayAdministerTerritory(ctx.actor, territoryId)) throw new AppError('not-found')
  return inRead(ctx, async ({ db }) => {
    const rows = await db.execute<TerritoryAgent>(sql`
      select ${memberColumns},
             (select json_agg(o.name order by o.name) from agent_roles r join organisations o on o.id = r.organisation_id
              where r.agent_id = a.id and r.territory_id = ${territoryId}) as organisations,
             exists (select from territory_roles t where t.agent_id = a.id and t.territory_id = ${territoryId} and t.is_admin)
               as "isTerritoryAdmin"
      from agents a
      where a.deleted_at is null and ${holdsWordsSql(soughtSql, search)}
        and exists (select from agent_roles r where r.agent_id = a.id and r.territory_id = ${territoryId})
      order by ${byName} limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}`)
    return pageOf(rows)
  })
}

export type MemberSheet = Member & {
  readonly organisation: string
  readonly territoryId: number
  /** Of an invitation not answered. `url` is for those alone who administer everywhere it would open. */
  readonly invitation: { readonly expiresAt: Date; readonly url: string | null } | null
}

/** One agent of an organisation, for those who administer it. */
export const getMember = (
  ctx: AgentCtx,
  { organisationId, agentId }: { organisationId: number; agentId: number },
): Promise<MemberSheet> =>
  inRead(ctx, async (read) => {
    const { territoryId } = await findAdministered(read, organisationId)
    const [row] = await read.db.execute<
      Member & { organisation: string; linkId: number | null; expiresMs: number | null; isOurs: boolean }
    >(sql`
      select ${memberColumns}, r.level, r.is_secretary as "isSecretary", o.name as organisation,
             link.id::float8 as "linkId", extract(epoch from link.expires_at)::float8 * 1000 as "expiresMs",
             not exists (select from agent_roles other where other.agent_id = a.id
                         and not other.organisation_id = any(${idsSql(administeredOrganisations(ctx.actor))})
                         and not other.territory_id = any(${idsSql(ctx.actor.administers)})) as "isOurs"
      from agent_roles r join agents a on a.id = r.agent_id join organisations o on o.id = r.organisation_id
      left join lateral (select id, expires_at from login_links l
        where l.agent_id = a.id and l.purpose = 'invitation' and l.used_at is null order by l.id desc limit 1)
        link on a.activated_at is null
      where r.organisation_id = ${organisationId} and a.id = ${agentId} and a.deleted_at is null`)
    const { linkId, expiresMs, isOurs, ...member } = found(row)
    if (linkId === null || expiresMs === null) return { ...member, territoryId, invitation: null }
    const isOver = expiresMs <= ctx.now.getTime()
    // Whoever stands in the agent's place would open an account with it, in nobody's name.
    const url = isOurs && !isOver && !ctx.actor.impersonation ? invitationUrl(tokenOf('invitation', linkId)) : null
    return { ...member, territoryId, invitation: { expiresAt: new Date(expiresMs), url } }
  })

const invitationUrl = (token: string) =>
  `${env().APP_URL}/connexion/nouveau-mot-de-passe?jeton=${token}&objet=invitation`

export type Administered = {
  territoryId: number
  name: string
  /** Whether the whole of it is theirs to administer, or only these organisations. */
  isWhole: boolean
  /** Whether the support may write in the place of its agents. */
  allowsImpersonatedWrites: boolean
  /** Where it holds its video RDVs; null, and it holds none. */
  videoBaseUrl: string | null
  organisations: { organisationId: number; name: string; agentCount: number }[]
  agentCount: number
  groupCount: number
  serviceCount: number
}

/** What an agent administers, territory by territory; empty for most. */
export async function listAdministered(ctx: AgentCtx): Promise<Administered[]> {
  const territoryIds = administeredTerritories(ctx.actor)
  if (territoryIds.length === 0) return []
  const whole = idsSql(ctx.actor.administers)
  const rows = await inRead(ctx, ({ db }) =>
    db.execute<Administered>(sql`
      select t.id::float8 as "territoryId", t.name, t.id = any(${whole}) as "isWhole",
             t.allows_impersonated_writes as "allowsImpersonatedWrites", t.video_base_url as "videoBaseUrl",
             coalesce((select json_agg(json_build_object('organisationId', o.id, 'name', o.name, 'agentCount',
                         (select count(*) from agent_roles r join agents a on a.id = r.agent_id
                          where r.organisation_id = o.id and a.deleted_at is null)) order by o.name collate "fr-x-icu")
                       from organisations o where o.territory_id = t.id
                         and (t.id = any(${whole}) or o.id = any(${idsSql(administeredOrganisations(ctx.actor))}))), '[]') as organisations,
             (select count(distinct r.agent_id)::integer from agent_roles r join agents a on a.id = r.agent_id
              where r.territory_id = t.id and a.deleted_at is null) as "agentCount",
             (select count(*)::integer from agent_groups g where g.territory_id = t.id) as "groupCount",
             (select count(*)::integer from territory_services s where s.territory_id = t.id) as "serviceCount"
      from territories t where t.id = any(${idsSql(territoryIds)})
      order by t.name collate "fr-x-icu"`),
  )
  return [...rows]
}
