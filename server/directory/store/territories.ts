import { and, eq, ne } from 'drizzle-orm'
import { territories } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'

export async function insertTerritory(
  tx: TxCtx,
  columns: { name: string; departmentNumber: string; zone: string },
): Promise<number> {
  const [row] = await tx.db
    .insert(territories)
    .values({ ...columns, createdAt: tx.now })
    .returning({ id: territories.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** `known`: whether there is such a territory; `changed`: whether it said otherwise before. */
export async function setImpersonatedWrites(
  tx: TxCtx,
  territoryId: number,
  isAllowed: boolean,
): Promise<{ isKnown: boolean; isChanged: boolean }> {
  const isThis = eq(territories.id, territoryId)
  const changed = await tx.db
    .update(territories)
    .set({ allowsImpersonatedWrites: isAllowed })
    .where(and(isThis, ne(territories.allowsImpersonatedWrites, isAllowed)))
    .returning({ id: territories.id })
  if (changed.length > 0) return { isKnown: true, isChanged: true }
  const [row] = await tx.db.select({ id: territories.id }).from(territories).where(isThis)
  return { isKnown: row !== undefined, isChanged: false }
}

export async function lockVideoBaseUrl(tx: TxCtx, territoryId: number): Promise<string | null> {
  const [row] = await tx.db
    .select({ videoBaseUrl: territories.videoBaseUrl })
    .from(territories)
    .where(eq(territories.id, territoryId))
    .for('no key update')
  return row?.videoBaseUrl ?? null
}

export async function setVideoBaseUrl(tx: TxCtx, territoryId: number, videoBaseUrl: string | null): Promise<void> {
  await tx.db.update(territories).set({ videoBaseUrl }).where(eq(territories.id, territoryId))
}
