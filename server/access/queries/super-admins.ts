import { sql, type SQL } from 'drizzle-orm'
import type { SuperAdminActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { holdsWordsSql, instantSql } from '@/server/platform/sql'
import demo from '@/db/seed/accounts.json'
import { codeAt } from '../auth'
import type { ImpersonationLine } from '../rules/impersonation'
import { stepOf, type FactorRemoval } from '../rules/second-factor'
import type { AccountState, AgentLine } from '../rules/super-admin'
import type { AgentSearch, EventFilter } from '../schema/super-admins'
import { loadFactorRemovals } from './factor-removals'
import { isOverSql, loadImpersonations, loadMayWrite } from './impersonations'

/** What super-admins read: everybody's, with nothing of an usager in it. The procedures see to who asks. */
type SuperCtx = Ctx & { readonly actor: SuperAdminActor }

const PAGE_SIZE = 50
const EVENT_DAYS = 92

export const getMySelf = (ctx: SuperCtx): Promise<{ name: string; email: string; hasSecondFactor: boolean }> =>
  inRead(ctx, async ({ db }) => {
    const { superAdminId, hasSecondFactor } = ctx.actor
    const [me] = await db.execute<{ name: string; email: string }>(sql`
      select concat_ws(' ', first_name, last_name) as name, email from super_admins where id = ${superAdminId}`)
    return { ...found(me), hasSecondFactor }
  })

/** The super-admin anybody may try, with the code of this half-minute. Null everywhere but in the demo. */
export const findDemoSuperAdmin = ({ now }: Ctx) =>
  env().APP_ENV === 'demo'
    ? {
        name: demo.superAdmin.name,
        email: demo.superAdmin.email,
        password: demo.password,
        code: codeAt(demo.superAdmin.totpKey, stepOf(now)),
      }
    : null

type Overview = Record<'territories' | 'organisations' | 'agents' | 'standingIn' | 'failedJobs', number>

/** The house in five figures, in one statement. */
export const getOverview = (ctx: SuperCtx): Promise<Overview> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<Overview>(sql`
      select (select count(*)::integer from territories) as territories,
             (select count(*)::integer from organisations) as organisations,
             (select count(*)::integer from agents where deleted_at is null) as agents,
             (select count(*)::integer from impersonations i
              where i.ended_at is null and i.expires_at > ${instantSql(ctx.now)} and not ${isOverSql(ctx.now)}) as "standingIn",
             (select count(*)::integer from graphile_worker._private_jobs where attempts >= max_attempts) as "failedJobs"`)
    return found(row)
  })

const allOf = (conditions: readonly (SQL | null)[]): SQL =>
  sql.join([sql`true`, ...conditions.filter((one) => one !== null)], sql` and `)

const stateSql = sql`case when a.activated_at is not null then 'active' when a.email is null then 'without-account' else 'invited' end`

/** Agents of every territory, of one, or of one organisation, by name; those whose name or e-mail holds every word. */
export const searchAgents = (
  ctx: SuperCtx,
  { search, territoryId, organisationId, page }: AgentSearch,
): Promise<{ agents: AgentLine[]; hasMore: boolean }> =>
  inRead(ctx, async ({ db }) => {
    const worksWhere = (where: SQL) => sql`exists (select from agent_roles r where r.agent_id = a.id and ${where})`
    const rows = await db.execute<AgentLine>(sql`
      select a.id::float8 as "agentId", concat_ws(' ', a.first_name, a.last_name) as name, a.email, ${stateSql} as state,
             coalesce((select json_agg(o.name || ' (' || t.name || ')' order by t.name, o.name) from agent_roles r
               join organisations o on o.id = r.organisation_id join territories t on t.id = r.territory_id
               where r.agent_id = a.id), '[]') as places
      from agents a
      where a.deleted_at is null and ${allOf([
        holdsWordsSql(sql`concat_ws(' ', a.first_name, a.last_name, a.email)`, search),
        territoryId === null ? null : worksWhere(sql`r.territory_id = ${territoryId}`),
        organisationId === null ? null : worksWhere(sql`r.organisation_id = ${organisationId}`),
      ])}
      order by a.last_name collate "fr-x-icu", a.first_name collate "fr-x-icu", a.id
      limit ${PAGE_SIZE + 1} offset ${(page - 1) * PAGE_SIZE}`)
    return { agents: rows.slice(0, PAGE_SIZE), hasMore: rows.length > PAGE_SIZE }
  })

type AgentCard = {
  agentId: number
  name: string
  email: string | null
  state: AccountState
  hasSecondFactor: boolean
  /** Their e-mail is a super-admin's: nobody stands in their place. */
  isSuperAdmin: boolean
  places: { organisation: string; territory: string; level: 'basic' | 'admin' | 'intervenant'; isSecretary: boolean }[]
}

export type SuperAgent = AgentCard & {
  mayWrite: boolean
  impersonations: ImpersonationLine[]
  factorRemovals: FactorRemoval[]
}

/** One agent: where they work, and who stood in their place. */
export const getAgent = (ctx: SuperCtx, { agentId }: { agentId: number }): Promise<SuperAgent> =>
  inRead(ctx, async (read) => {
    const [row] = await read.db.execute<AgentCard>(sql`
      select a.id::float8 as "agentId", concat_ws(' ', a.first_name, a.last_name) as name, a.email, ${stateSql} as state,
             exists (select from second_factors f where f.agent_id = a.id and f.confirmed_at is not null) as "hasSecondFactor",
             exists (select from super_admins s where s.email = a.email) as "isSuperAdmin",
             coalesce((select json_agg(json_build_object('organisation', o.name, 'territory', t.name, 'level', r.level,
                 'isSecretary', r.is_secretary) order by t.name, o.name)
               from agent_roles r join organisations o on o.id = r.organisation_id join territories t on t.id = r.territory_id
               where r.agent_id = a.id), '[]') as places
      from agents a where a.id = ${agentId} and a.deleted_at is null`)
    const card = found(row)
    const mayWrite = await loadMayWrite(read, agentId)
    const impersonations = await loadImpersonations(read, agentId)
    return { ...card, mayWrite, impersonations, factorRemovals: await loadFactorRemovals(read, agentId) }
  })

export type EventLine = {
  readonly eventId: number
  readonly at: Date
  readonly kind: string
  readonly territory: string | null
  readonly subjectKind: string
  readonly subjectId: number
  readonly actorKind: string
  readonly actorId: number | null
  readonly impersonatorId: number | null
  readonly payload: string
}

/**
 * The ledger as it is, ids and kinds, of the last three months, the newest first: of a territory, of an agent (what they
 * did, what was done to them), of a kind or what begins like one.
 */
export const listEvents = (
  ctx: SuperCtx,
  { territoryId, agentId, kind, before }: EventFilter,
): Promise<{ events: EventLine[]; hasMore: boolean }> =>
  inRead(ctx, async ({ db }) => {
    const since = new Date(ctx.now.getTime() - EVENT_DAYS * 86_400_000)
    const rows = await db.execute<Omit<EventLine, 'at'> & { atMs: number }>(sql`
      select e.id::float8 as "eventId", extract(epoch from e.occurred_at)::float8 * 1000 as "atMs", e.kind,
             (select name from territories t where t.id = e.territory_id) as territory,
             e.subject_kind as "subjectKind", e.subject_id::float8 as "subjectId", e.actor_kind as "actorKind",
             e.actor_id::float8 as "actorId", e.impersonator_id::float8 as "impersonatorId", e.payload::text as payload
      from events e
      where e.occurred_at > ${instantSql(since)} and ${allOf([
        territoryId === null ? null : sql`e.territory_id = ${territoryId}`,
        kind === null ? null : sql`e.kind like ${`${kind}%`}`,
        agentId === null
          ? null
          : sql`((e.actor_kind = 'agent' and e.actor_id = ${agentId}) or (e.subject_kind = 'agent' and e.subject_id = ${agentId}))`,
        before === null
          ? null
          : sql`(e.occurred_at, e.id) < (select occurred_at, id from events where id = ${before} limit 1)`,
      ])}
      order by e.occurred_at desc, e.id desc limit ${PAGE_SIZE + 1}`)
    return {
      hasMore: rows.length > PAGE_SIZE,
      events: rows.slice(0, PAGE_SIZE).map(({ atMs, ...line }) => ({ ...line, at: new Date(atMs) })),
    }
  })
