import { and, eq, inArray, sql } from 'drizzle-orm'
import { rdvs } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { Status } from '../rules/status'

/** Cancels those of these RDVs nothing is yet said of, in one statement. How many. */
export async function cancelRdvs(
  tx: TxCtx,
  rdvIds: readonly number[],
  to: Extract<Status, 'revoked' | 'excused'>,
): Promise<number> {
  const changed = await tx.db
    .update(rdvs)
    .set({ status: to, cancelledAt: tx.now, sequence: sql`${rdvs.sequence} + 1`, updatedAt: tx.now })
    .where(and(inArray(rdvs.id, [...rdvIds]), eq(rdvs.status, 'unknown')))
    .returning({ id: rdvs.id })
  return changed.length
}
