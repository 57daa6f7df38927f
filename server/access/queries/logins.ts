import { and, eq, gt, isNull, sql, type SQL } from 'drizzle-orm'
import {
  agentRoles,
  agents,
  agentServices,
  impersonations,
  loginLinks,
  secondFactors,
  sessions,
  superAdmins,
  territoryRoles,
} from '@/db/schema'
import { ANONYMOUS, type Actor, type AgentActor, type Impersonation, type Membership } from '@/server/kernel/actor'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { hashToken } from '@/server/platform/tokens'
import type { FactorOwner } from '../rules/second-factor'
import {
  hasPlace,
  isLive,
  isSuperLive,
  isWorthNoting,
  mayEnter,
  maySuperEnter,
  type LinkPurpose,
} from '../rules/session'
import { mayBeWrittenFor } from './impersonations'
import { grantedScopesSql, toScope } from './reach'

const STATE = { email: agents.email, activatedAt: agents.activatedAt, deletedAt: agents.deletedAt }

// Drizzle drops the table's name from a column in a statement of one table: `id` would then be that of the role.
const THEIR_ID = sql.raw('agents.id')

const membershipsSql = sql<Membership[]>`(
  select coalesce(json_agg(json_build_object('organisationId', ${agentRoles.organisationId},
    'territoryId', ${agentRoles.territoryId}, 'level', ${agentRoles.level}, 'isSecretary', ${agentRoles.isSecretary})
    order by ${agentRoles.organisationId}), '[]')
  from ${agentRoles} where ${agentRoles.agentId} = ${THEIR_ID})`

const serviceIdsSql = sql<number[]>`(
  select coalesce(json_agg(${agentServices.serviceId} order by ${agentServices.serviceId}), '[]')
  from ${agentServices} where ${agentServices.agentId} = ${THEIR_ID})`

const administersSql = sql<number[]>`(
  select coalesce(json_agg(${territoryRoles.territoryId} order by ${territoryRoles.territoryId}), '[]')
  from ${territoryRoles} where ${territoryRoles.agentId} = ${THEIR_ID} and ${territoryRoles.isAdmin})`

const PLACES = { memberships: membershipsSql, administers: administersSql }

/** The agent whose place a super-admin's session stands in at `now`; at most one, as the database says. */
const standsInSql = (ctx: Ctx) =>
  and(eq(impersonations.sessionId, sessions.id), isNull(impersonations.endedAt), gt(impersonations.expiresAt, ctx.now))

/**
 * Who a session stands for, rights read now; anonymous when it is over. A super-admin's session stands for an agent as long
 * as an impersonation of it lasts, and ends with it: closed, nothing is left of either.
 */
export async function actorOf(ctx: Ctx, sessionId: string): Promise<{ actor: Actor; isWorthNoting: boolean }> {
  const [row] = await inRead(ctx, ({ db }) =>
    db
      .select({
        ...STATE,
        agentId: agents.id,
        seenAt: sessions.seenAt,
        expiresAt: sessions.expiresAt,
        revokedAt: sessions.revokedAt,
        ...PLACES,
        serviceIds: serviceIdsSql,
        scopes: grantedScopesSql,
        superAdmin: { id: superAdmins.id, email: superAdmins.email, disabledAt: superAdmins.disabledAt },
        hasSecondFactor: sql<boolean>`exists (select from ${secondFactors}
          where ${secondFactors.superAdminId} = ${superAdmins.id} and ${secondFactors.confirmedAt} is not null)`,
        impersonationId: impersonations.id,
        impersonationEndsAt: impersonations.expiresAt,
        isWriting: sql<boolean>`case when ${impersonations.writesSince} is not null then ${mayBeWrittenFor(sql`${agents.id}`)} else false end`,
      })
      .from(sessions)
      .leftJoin(superAdmins, eq(superAdmins.id, sessions.superAdminId))
      .leftJoin(impersonations, standsInSql(ctx))
      .leftJoin(agents, sql`${agents.id} = coalesce(${sessions.agentId}, ${impersonations.agentId})`)
      .where(eq(sessions.id, sessionId)),
  )
  const nobody = { actor: ANONYMOUS, isWorthNoting: false }
  if (!row) return nobody
  const { superAdmin } = row
  const isOpen = superAdmin
    ? isSuperLive(row, ctx.now) && maySuperEnter(superAdmin, env().APP_ENV)
    : isLive(row, ctx.now)
  if (!isOpen) return nobody
  const standsIn =
    superAdmin && row.impersonationId !== null && row.impersonationEndsAt !== null && row.hasSecondFactor
      ? {
          impersonationId: row.impersonationId,
          superAdminId: superAdmin.id,
          expiresAt: row.impersonationEndsAt,
          isWriting: row.isWriting,
        }
      : null
  const isNoted = isWorthNoting(row, ctx.now)
  const isLetIn = mayEnter(row, env().APP_ENV) && hasPlace(row)
  if (superAdmin && !(standsIn && isLetIn)) {
    const { hasSecondFactor } = row
    return {
      actor: { kind: 'super-admin', superAdminId: superAdmin.id, sessionId, hasSecondFactor },
      isWorthNoting: isNoted,
    }
  }
  if (row.agentId === null || !isLetIn) return nobody
  return { actor: agentOf({ ...row, agentId: row.agentId, sessionId }, standsIn), isWorthNoting: isNoted }
}

type AgentRow = {
  agentId: number
  sessionId: string
  memberships: Membership[]
  serviceIds: number[]
  scopes: Parameters<typeof toScope>[0][]
  administers: number[]
}

const agentOf = (
  { agentId, sessionId, memberships, serviceIds, scopes, administers }: AgentRow,
  impersonation: Impersonation | null,
): AgentActor => ({
  kind: 'agent',
  agentId,
  sessionId,
  memberships,
  serviceIds,
  scopes: scopes.map(toScope),
  administers,
  ...(impersonation && { impersonation }),
})

/** An agent without a session, as their rights are now: for what a worker does in their name. Null once they may not enter. */
export async function findAgentActor(ctx: Ctx, agentId: number): Promise<AgentActor | null> {
  const [row] = await inRead(ctx, ({ db }) =>
    db
      .select({
        ...STATE,
        agentId: agents.id,
        ...PLACES,
        serviceIds: serviceIdsSql,
        scopes: grantedScopesSql,
      })
      .from(agents)
      .where(eq(agents.id, agentId)),
  )
  return row && mayEnter(row, env().APP_ENV) && hasPlace(row) ? agentOf({ ...row, sessionId: 'none' }, null) : null
}

/** What signing in needs of the super-admin who has this e-mail; null when nobody has. */
export const findSuperLogin = (ctx: Ctx, which: { email: string } | { id: number }) =>
  inRead(ctx, async ({ db }) => {
    const [login] = await db
      .select({
        id: superAdmins.id,
        email: superAdmins.email,
        passwordHash: superAdmins.passwordHash,
        lastSignInAt: superAdmins.lastSignInAt,
        disabledAt: superAdmins.disabledAt,
      })
      .from(superAdmins)
      .where('email' in which ? eq(superAdmins.email, which.email) : eq(superAdmins.id, which.id))
    return login ?? null
  })

/** What signing in needs of an agent: where they have a place, too. */
const LOGIN = {
  ...STATE,
  ...PLACES,
  id: agents.id,
  passwordHash: agents.passwordHash,
  lastSignInAt: agents.lastSignInAt,
}

/** The same of an agent, by their id. */
export const findLoginById = (ctx: Ctx, agentId: number) =>
  inRead(ctx, async ({ db }) => {
    const [login] = await db
      .select(LOGIN)
      .from(agents)
      .where(and(eq(agents.id, agentId), isNull(agents.deletedAt)))
    return login ?? null
  })

/** For the commands that ask for one's own password again. */
export async function findPasswordHash(ctx: Ctx, { kind, id }: FactorOwner): Promise<string | null> {
  const login = kind === 'agent' ? await findLoginById(ctx, id) : await findSuperLogin(ctx, { id })
  return login?.passwordHash ?? null
}

/** What signing in needs of the agent who has this e-mail; null when nobody has. */
export async function findLogin(ctx: Ctx, email: string) {
  const [login] = await inRead(ctx, ({ db }) =>
    db
      .select(LOGIN)
      .from(agents)
      .where(and(eq(agents.email, email), isNull(agents.deletedAt))),
  )
  return login ?? null
}

async function findLink(ctx: Ctx, which: SQL | undefined) {
  const isUsable = and(isNull(loginLinks.usedAt), gt(loginLinks.expiresAt, ctx.now), isNull(agents.deletedAt))
  const [link] = await inRead(ctx, ({ db }) =>
    db
      .select({ ...STATE, id: agents.id, purpose: loginLinks.purpose, newEmail: loginLinks.email })
      .from(loginLinks)
      .innerJoin(agents, eq(agents.id, loginLinks.agentId))
      .where(and(which, isUsable)),
  )
  return link ?? null
}

/** Whom a mailed link lets in; null when it is unknown, spent or expired. Looking at it does not spend it. */
export const findLoginByLink = (ctx: Ctx, { token, purpose }: { token: string; purpose: LinkPurpose }) =>
  findLink(ctx, and(eq(loginLinks.tokenHash, hashToken(token)), eq(loginLinks.purpose, purpose)))

/** For the page a link opens: whether its button would work. */
export const isLinkUsable = async (ctx: Ctx, link: { token: string; purpose: LinkPurpose }): Promise<boolean> =>
  (await findLoginByLink(ctx, link)) !== null

/** The address a link sent there would give its agent; null when it is unknown, spent or expired. */
export async function findEmailChange(ctx: Ctx, token: string) {
  const link = await findLoginByLink(ctx, { token, purpose: 'email-change' })
  return link?.newEmail ? { ...link, agentId: link.id, newEmail: link.newEmail } : null
}

/** The link to send, if it still can be used. */
export async function findPendingLink(ctx: Ctx, linkId: number) {
  const link = await findLink(ctx, eq(loginLinks.id, linkId))
  return link?.email ? { email: link.email, newEmail: link.newEmail, purpose: link.purpose } : null
}

/** Where to write to an agent; null for a deleted one, or one without e-mail. */
export async function findAgentEmail(ctx: Ctx, agentId: number): Promise<string | null> {
  const [agent] = await inRead(ctx, ({ db }) =>
    db
      .select({ email: agents.email })
      .from(agents)
      .where(and(eq(agents.id, agentId), isNull(agents.deletedAt))),
  )
  return agent?.email ?? null
}

/** Where to write to a member of an organisation who already had an account, and its names; null for anybody else. */
export async function findActiveMember(
  ctx: Ctx,
  { agentId, organisationId }: { agentId: number; organisationId: number },
): Promise<{ email: string; organisation: string; territory: string } | null> {
  const [member] = await inRead(ctx, ({ db }) =>
    db.execute<{ email: string; organisation: string; territory: string }>(sql`
      select a.email, o.name as organisation, t.name as territory
      from agent_roles r join agents a on a.id = r.agent_id join organisations o on o.id = r.organisation_id
      join territories t on t.id = o.territory_id
      where r.agent_id = ${agentId} and o.id = ${organisationId} and a.email is not null
        and a.activated_at is not null and a.deleted_at is null`),
  )
  return member ?? null
}
