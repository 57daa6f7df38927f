import { and, eq, inArray } from 'drizzle-orm'
import { agentGroupMembers, agentGroups, grants } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { GrantRow } from '../rules/grants'

/** Null when the same one stands already. */
export async function insertGrant(tx: TxCtx, row: GrantRow): Promise<number | null> {
  const [grant] = await tx.db.insert(grants).values(row).onConflictDoNothing().returning({ id: grants.id })
  return grant?.id ?? null
}

/** A grant as it was, its identity included. */
export async function restoreGrant(tx: TxCtx, row: GrantRow & { id: number }): Promise<void> {
  await tx.db.insert(grants).overridingSystemValue().values(row)
}

export async function insertGroup(tx: TxCtx, territoryId: number, name: string): Promise<number> {
  const [group] = await tx.db.insert(agentGroups).values({ territoryId, name }).returning({ id: agentGroups.id })
  if (!group) throw new Error('insert returned no row')
  return group.id
}

export async function renameGroup(tx: TxCtx, groupId: number, name: string): Promise<void> {
  await tx.db.update(agentGroups).set({ name }).where(eq(agentGroups.id, groupId))
}

/** With what it was given, and what it opened. */
export async function deleteGroup(tx: TxCtx, groupId: number): Promise<void> {
  await tx.db.delete(agentGroups).where(eq(agentGroups.id, groupId))
}

export async function insertMembers(tx: TxCtx, groupId: number, agentIds: readonly number[]): Promise<void> {
  if (agentIds.length === 0) return
  await tx.db.insert(agentGroupMembers).values(agentIds.map((agentId) => ({ groupId, agentId })))
}

export async function deleteMembers(tx: TxCtx, groupId: number, agentIds: readonly number[]): Promise<void> {
  await tx.db
    .delete(agentGroupMembers)
    .where(and(eq(agentGroupMembers.groupId, groupId), inArray(agentGroupMembers.agentId, [...agentIds])))
}
