import { and, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { agents, grants, loginLinks, placeInvitations, sessions } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { hashToken, tokenOf } from '@/server/platform/tokens'
import type { Level } from './rules/reach'
import type { FactorOwner } from './rules/second-factor'
import { linkExpiry, sessionExpiry, silentSince, type LinkPurpose } from './rules/session'

/** Opens a session and notes the agent's last sign-in. Answers the session's id. */
export async function insertSession(tx: TxCtx, agentId: number): Promise<string> {
  const [session] = await tx.db
    .insert(sessions)
    .values({ agentId, seenAt: tx.now, expiresAt: sessionExpiry(tx.now), createdAt: tx.now })
    .returning({ id: sessions.id })
  await tx.db.update(agents).set({ lastSignInAt: tx.now }).where(eq(agents.id, agentId))
  if (!session) throw new Error('insert returned no row')
  return session.id
}

export async function touchSession(tx: TxCtx, sessionId: string): Promise<void> {
  await tx.db.update(sessions).set({ seenAt: tx.now }).where(eq(sessions.id, sessionId))
}

/** Revokes one session. Answers whose it was, null when it was over already. */
export async function revokeSession(tx: TxCtx, sessionId: string): Promise<FactorOwner | null> {
  const [session] = await tx.db
    .update(sessions)
    .set({ revokedAt: tx.now })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ agentId: sessions.agentId, superAdminId: sessions.superAdminId })
  if (session?.agentId) return { kind: 'agent', id: session.agentId }
  return session?.superAdminId ? { kind: 'super-admin', id: session.superAdminId } : null
}

export const revokeSessionsOf = (tx: TxCtx, agentId: number, butSessionId: string | null = null): Promise<void> =>
  revokeSessionsOfOwner(tx, { kind: 'agent', id: agentId }, butSessionId)

/** `butSessionId`: the one that stays open. */
export async function revokeSessionsOfOwner(
  tx: TxCtx,
  { kind, id }: FactorOwner,
  butSessionId: string | null,
): Promise<void> {
  await tx.db
    .update(sessions)
    .set({ revokedAt: tx.now })
    .where(
      and(
        eq(kind === 'agent' ? sessions.agentId : sessions.superAdminId, id),
        isNull(sessions.revokedAt),
        butSessionId === null ? undefined : ne(sessions.id, butSessionId),
      ),
    )
}

/** A link not yet sent: its token is computed from its id, so the id comes first. */
export async function insertLink(
  tx: TxCtx,
  agentId: number,
  purpose: LinkPurpose,
  /** Of a change of e-mail. */
  email: string | null = null,
): Promise<number> {
  const [link] = await tx.db
    .insert(loginLinks)
    .values({
      agentId,
      purpose,
      email,
      tokenHash: sql`gen_random_uuid()::text`,
      expiresAt: linkExpiry(purpose, tx.now),
      createdAt: tx.now,
    })
    .returning({ id: loginLinks.id })
  if (!link) throw new Error('insert returned no row')
  await tx.db
    .update(loginLinks)
    .set({ tokenHash: hashToken(tokenOf(purpose, link.id)) })
    .where(eq(loginLinks.id, link.id))
  return link.id
}

/** Uses a link up: of two at once, one succeeds. The agent's other links die with it. */
export async function spendLink(tx: TxCtx, agentId: number, token: string, purpose: LinkPurpose): Promise<boolean> {
  // Two links of one agent at once would otherwise wait for each other.
  await tx.db.select({ id: agents.id }).from(agents).where(eq(agents.id, agentId)).for('no key update')
  const unused = and(eq(loginLinks.agentId, agentId), isNull(loginLinks.usedAt))
  const [link] = await tx.db
    .update(loginLinks)
    .set({ usedAt: tx.now })
    .where(
      and(
        unused,
        eq(loginLinks.tokenHash, hashToken(token)),
        eq(loginLinks.purpose, purpose),
        gt(loginLinks.expiresAt, tx.now),
      ),
    )
    .returning({ id: loginLinks.id })
  if (!link) return false
  await tx.db.update(loginLinks).set({ usedAt: tx.now }).where(unused)
  return true
}

/** From now on they may enter: invited, they have answered. */
export async function activateAgent(tx: TxCtx, agentId: number): Promise<void> {
  await tx.db
    .update(agents)
    .set({ activatedAt: tx.now })
    .where(and(eq(agents.id, agentId), isNull(agents.activatedAt)))
}

export async function setPassword(tx: TxCtx, agentId: number, passwordHash: string): Promise<void> {
  await tx.db.update(agents).set({ passwordHash }).where(eq(agents.id, agentId))
}

/** Links, invitations and sessions that are over, a while after their last use could matter. Answers how many rows went. */
export async function deleteExpired(tx: TxCtx, before: Date): Promise<number> {
  const links = await tx.db.delete(loginLinks).where(lt(loginLinks.expiresAt, before)).returning({ id: loginLinks.id })
  const offers = await tx.db
    .delete(placeInvitations)
    .where(lt(placeInvitations.expiresAt, before))
    .returning({ agentId: placeInvitations.agentId })
  const over = or(
    lt(sessions.expiresAt, before),
    lt(sessions.revokedAt, before),
    lt(sessions.seenAt, silentSince(before)),
  )
  const closed = await tx.db.delete(sessions).where(over).returning({ id: sessions.id })
  return links.length + offers.length + closed.length
}

export async function setGrantLevel(tx: TxCtx, grantId: number, level: Level): Promise<void> {
  await tx.db.update(grants).set({ level }).where(eq(grants.id, grantId))
}

export async function deleteGrant(tx: TxCtx, grantId: number): Promise<void> {
  await tx.db.delete(grants).where(eq(grants.id, grantId))
}
