import { and, eq, sql } from 'drizzle-orm'
import { savedFilters } from '@/db/schema'
import { found } from '@/server/kernel/errors'
import type { TxCtx } from '@/server/platform/ctx'

/** What one agent keeps for themselves changes one at a time. */
export async function lockFiltersOf({ db }: TxCtx, agentId: number): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`own-lists-${String(agentId)}`}, 0))`)
}

export async function insertFilter({ db }: TxCtx, filter: typeof savedFilters.$inferInsert): Promise<number> {
  const [row] = await db.insert(savedFilters).values(filter).returning({ id: savedFilters.id })
  return found(row).id
}

export async function forgetDefaultFilter({ db }: TxCtx, agentId: number): Promise<void> {
  await db
    .update(savedFilters)
    .set({ isDefault: false })
    .where(and(eq(savedFilters.agentId, agentId), eq(savedFilters.isDefault, true)))
}

export async function makeFilterDefault({ db }: TxCtx, filterId: number): Promise<void> {
  await db.update(savedFilters).set({ isDefault: true }).where(eq(savedFilters.id, filterId))
}

export async function deleteFilter({ db }: TxCtx, filterId: number): Promise<void> {
  await db.delete(savedFilters).where(eq(savedFilters.id, filterId))
}
