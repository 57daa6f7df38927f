import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { impersonations, sessions, superAdmins } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import { superSessionExpiry } from '../rules/session'

/** Opens a super-admin's session and notes the sign-in. Answers the session's id. */
export async function insertSuperSession(tx: TxCtx, superAdminId: number): Promise<string> {
  const [session] = await tx.db
    .insert(sessions)
    .values({ superAdminId, seenAt: tx.now, expiresAt: superSessionExpiry(tx.now), createdAt: tx.now })
    .returning({ id: sessions.id })
  await tx.db.update(superAdmins).set({ lastSignInAt: tx.now }).where(eq(superAdmins.id, superAdminId))
  if (!session) throw new Error('insert returned no row')
  return session.id
}

export type NewSuperAdmin = {
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  readonly passwordHash: string
}

/** Creates one, or gives the one who has this e-mail another password and their place back. */
export async function upsertSuperAdmin(tx: TxCtx, person: NewSuperAdmin): Promise<{ id: number; isNew: boolean }> {
  const { passwordHash, firstName, lastName } = person
  const [row] = await tx.db
    .insert(superAdmins)
    .values({ ...person, createdAt: tx.now })
    .onConflictDoUpdate({
      target: superAdmins.email,
      set: { passwordHash, firstName, lastName, disabledAt: null },
    })
    .returning({ id: superAdmins.id, isNew: sql<boolean>`xmax = 0` })
  if (!row) throw new Error('insert returned no row')
  return row
}

export async function setDisabled(tx: TxCtx, superAdminId: number): Promise<void> {
  await tx.db.update(superAdmins).set({ disabledAt: tx.now }).where(eq(superAdmins.id, superAdminId))
}

type NewImpersonation = {
  readonly superAdminId: number
  readonly sessionId: string
  readonly agentId: number
  readonly reason: string
  readonly expiresAt: Date
}

/** One at a time for a session: what has run out is closed first. */
export async function insertImpersonation(tx: TxCtx, given: NewImpersonation): Promise<number> {
  await tx.db
    .update(impersonations)
    .set({ endedAt: sql`expires_at` })
    .where(
      and(
        eq(impersonations.sessionId, given.sessionId),
        isNull(impersonations.endedAt),
        lte(impersonations.expiresAt, tx.now),
      ),
    )
  const [row] = await tx.db
    .insert(impersonations)
    .values({ ...given, startedAt: tx.now, createdAt: tx.now })
    .returning({ id: impersonations.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** False when it is over already. */
export async function setWriting(tx: TxCtx, impersonationId: number): Promise<boolean> {
  const rows = await tx.db
    .update(impersonations)
    .set({ writesSince: tx.now })
    .where(
      and(eq(impersonations.id, impersonationId), isNull(impersonations.endedAt), isNull(impersonations.writesSince)),
    )
    .returning({ id: impersonations.id })
  return rows.length === 1
}

/** False when it is over already. */
export async function endImpersonation(tx: TxCtx, impersonationId: number): Promise<boolean> {
  const rows = await tx.db
    .update(impersonations)
    .set({ endedAt: tx.now })
    .where(and(eq(impersonations.id, impersonationId), isNull(impersonations.endedAt)))
    .returning({ id: impersonations.id })
  return rows.length === 1
}
