import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { recoveryCodes, secondFactors } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { FactorOwner } from '../rules/second-factor'

const columnsOf = ({ kind, id }: FactorOwner) => (kind === 'agent' ? { agentId: id } : { superAdminId: id })

/** A secret to be confirmed, in the place of one that never was. False when a factor is on already. */
export async function prepareFactor(tx: TxCtx, owner: FactorOwner, sealedSecret: string): Promise<boolean> {
  const rows = await tx.db
    .insert(secondFactors)
    .values({ ...columnsOf(owner), sealedSecret, createdAt: tx.now })
    .onConflictDoUpdate({
      target: owner.kind === 'agent' ? secondFactors.agentId : secondFactors.superAdminId,
      set: { sealedSecret, lastStep: 0, createdAt: tx.now },
      setWhere: isNull(secondFactors.confirmedAt),
    })
    .returning({ id: secondFactors.id })
  return rows.length === 1
}

/** The first code turns it on. False when it was on already, or another secret was drawn since this one was read. */
export async function confirmFactor(
  tx: TxCtx,
  { id, sealedSecret }: { id: number; sealedSecret: string },
  step: number,
): Promise<boolean> {
  const rows = await tx.db
    .update(secondFactors)
    .set({ confirmedAt: tx.now, lastStep: step })
    .where(
      and(
        eq(secondFactors.id, id),
        eq(secondFactors.sealedSecret, sealedSecret),
        isNull(secondFactors.confirmedAt),
        lt(secondFactors.lastStep, step),
      ),
    )
    .returning({ id: secondFactors.id })
  return rows.length === 1
}

export async function insertRecoveryCodes(tx: TxCtx, factorId: number, hashes: readonly string[]): Promise<void> {
  await tx.db
    .insert(recoveryCodes)
    .values(hashes.map((codeHash) => ({ secondFactorId: factorId, codeHash, createdAt: tx.now })))
}

/** Takes the step of a code: of two that come with the same code at once, one has it. */
export async function takeStep(tx: TxCtx, factorId: number, step: number): Promise<boolean> {
  const rows = await tx.db
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(eq(secondFactors.id, factorId), lt(secondFactors.lastStep, step)))
    .returning({ id: secondFactors.id })
  return rows.length === 1
}

/** Uses a recovery code up. Answers how many are left; null when it is none, or was used. */
export async function spendRecoveryCode(tx: TxCtx, factorId: number, codeHash: string): Promise<number | null> {
  const isOfFactor = eq(recoveryCodes.secondFactorId, factorId)
  const spent = await tx.db
    .update(recoveryCodes)
    .set({ usedAt: tx.now })
    .where(and(isOfFactor, eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id })
  if (spent.length === 0) return null
  const [left] = await tx.db
    .select({ count: sql<number>`count(*)::integer` })
    .from(recoveryCodes)
    .where(and(isOfFactor, isNull(recoveryCodes.usedAt)))
  return left?.count ?? 0
}

/** Its recovery codes go with it. */
export async function deleteFactor(tx: TxCtx, owner: FactorOwner): Promise<boolean> {
  const rows = await tx.db
    .delete(secondFactors)
    .where(eq(owner.kind === 'agent' ? secondFactors.agentId : secondFactors.superAdminId, owner.id))
    .returning({ id: secondFactors.id })
  return rows.length > 0
}
