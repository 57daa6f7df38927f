import { and, eq, inArray } from 'drizzle-orm'
import { organisations, territoryServices } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'

export type OrganisationColumns = {
  readonly name: string
  readonly phone: string | null
  readonly phoneE164: string | null
  readonly email: string | null
  readonly website: string | null
  readonly hours: string | null
}

export async function insertOrganisation(
  tx: TxCtx,
  territoryId: number,
  columns: OrganisationColumns,
): Promise<number> {
  const [row] = await tx.db
    .insert(organisations)
    .values({ territoryId, ...columns })
    .returning({ id: organisations.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

export async function updateOrganisation(tx: TxCtx, id: number, columns: OrganisationColumns): Promise<void> {
  await tx.db.update(organisations).set(columns).where(eq(organisations.id, id))
}

export async function insertTerritoryServices(
  tx: TxCtx,
  territoryId: number,
  serviceIds: readonly number[],
): Promise<void> {
  await tx.db
    .insert(territoryServices)
    .values(serviceIds.map((serviceId) => ({ territoryId, serviceId })))
    .onConflictDoNothing()
}

export async function deleteTerritoryServices(
  tx: TxCtx,
  territoryId: number,
  serviceIds: readonly number[],
): Promise<void> {
  await tx.db
    .delete(territoryServices)
    .where(and(eq(territoryServices.territoryId, territoryId), inArray(territoryServices.serviceId, [...serviceIds])))
}
