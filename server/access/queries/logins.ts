import { and, eq, gt, isNull, sql, type SQL } from 'drizzle-orm'
import { agentRoles, agents, agentServices, loginLinks, sessions, territoryRoles } from '@/db/schema'
import { ANONYMOUS, type Actor, type Membership } from '@/server/kernel/actor'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import { hashToken } from '@/server/platform/tokens'
import { isLive, isWorthNoting, mayEnter, type LinkPurpose } from '../rules/session'
import { grantedScopesSql, toScope } from './reach'

const STATE = { email: agents.email, activatedAt: agents.activatedAt, deletedAt: agents.deletedAt }

const membershipsSql = sql<Membership[]>`(
  select coalesce(json_agg(json_build_object('organisationId', ${agentRoles.organisationId},
    'territoryId', ${agentRoles.territoryId}, 'level', ${agentRoles.level}, 'isSecretary', ${agentRoles.isSecretary})
    order by ${agentRoles.organisationId}), '[]')
  from ${agentRoles} where ${agentRoles.agentId} = ${agents.id})`

const serviceIdsSql = sql<number[]>`(
  select coalesce(json_agg(${agentServices.serviceId} order by ${agentServices.serviceId}), '[]')
  from ${agentServices} where ${agentServices.agentId} = ${agents.id})`

const administersSql = sql<number[]>`(
  select coalesce(json_agg(${territoryRoles.territoryId} order by ${territoryRoles.territoryId}), '[]')
  from ${territoryRoles} where ${territoryRoles.agentId} = ${agents.id} and ${territoryRoles.isAdmin})`

/** Who a session stands for, rights read now; anonymous when it is over. */
export async function actorOf(ctx: Ctx, sessionId: string): Promise<{ actor: Actor; isWorthNoting: boolean }> {
  const [row] = await inRead(ctx, ({ db }) =>
    db
      .select({
        ...STATE,
        agentId: agents.id,
        seenAt: sessions.seenAt,
        expiresAt: sessions.expiresAt,
        revokedAt: sessions.revokedAt,
        memberships: membershipsSql,
        serviceIds: serviceIdsSql,
        scopes: grantedScopesSql,
        administers: administersSql,
      })
      .from(sessions)
      .innerJoin(agents, eq(agents.id, sessions.agentId))
      .where(eq(sessions.id, sessionId)),
  )
  if (!row || !isLive(row, ctx.now) || !mayEnter(row, env().APP_ENV)) return { actor: ANONYMOUS, isWorthNoting: false }
  const { agentId, memberships, serviceIds, administers } = row
  const scopes = row.scopes.map(toScope)
  return {
    actor: { kind: 'agent', agentId, sessionId, memberships, serviceIds, scopes, administers },
    isWorthNoting: isWorthNoting(row, ctx.now),
  }
}

/** What signing in needs of the agent who has this e-mail; null when nobody has. */
export async function findLogin(ctx: Ctx, email: string) {
  const [login] = await inRead(ctx, ({ db }) =>
    db
      .select({ ...STATE, id: agents.id, passwordHash: agents.passwordHash, lastSignInAt: agents.lastSignInAt })
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
