import { eq, inArray, sql } from 'drizzle-orm'
import { lieux, motifs } from '@/db/schema'
import type { TxCtx } from '@/server/platform/ctx'
import type { MotifSettings } from '../rules/motif-settings'

type Place = { readonly territoryId: number; readonly organisationId: number }

/** The same motif in several organisations: the ids by organisation, without those that have one of that name already. */
export async function insertMotifs(
  tx: TxCtx,
  places: readonly Place[],
  settings: MotifSettings,
): Promise<ReadonlyMap<number, number>> {
  if (places.length === 0) return new Map()
  const rows = await tx.db
    .insert(motifs)
    .values(places.map(({ territoryId, organisationId }) => ({ ...settings, territoryId, organisationId })))
    .onConflictDoNothing()
    .returning({ id: motifs.id, organisationId: motifs.organisationId })
  return new Map(rows.map(({ organisationId, id }) => [organisationId, id]))
}

export async function updateMotifs(
  tx: TxCtx,
  motifIds: readonly number[],
  settings: Partial<MotifSettings>,
): Promise<void> {
  await tx.db
    .update(motifs)
    .set({ ...settings, version: sql`version + 1` })
    .where(inArray(motifs.id, [...motifIds]))
}

export async function archiveMotif(tx: TxCtx, motifId: number): Promise<void> {
  await tx.db
    .update(motifs)
    .set({ deletedAt: tx.now, version: sql`version + 1` })
    .where(eq(motifs.id, motifId))
}

export async function deleteMotif(tx: TxCtx, motifId: number): Promise<void> {
  await tx.db.delete(motifs).where(eq(motifs.id, motifId))
}

export type LieuColumns = {
  readonly name: string
  readonly address: string
  readonly cityCode: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly phone: string | null
  readonly phoneE164: string | null
  readonly hours: string | null
  readonly accessibilityNote: string | null
}

export async function insertLieu(tx: TxCtx, place: Place, columns: LieuColumns): Promise<number> {
  const [row] = await tx.db
    .insert(lieux)
    .values({ ...columns, territoryId: place.territoryId, organisationId: place.organisationId })
    .returning({ id: lieux.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

/** Of one RDV, or of those placed with it: no list shows it. */
export async function insertOneOffLieu(
  tx: TxCtx,
  { territoryId, organisationId }: Place,
  { name, address }: Pick<LieuColumns, 'name' | 'address'>,
): Promise<number> {
  const [row] = await tx.db
    .insert(lieux)
    .values({ territoryId, organisationId, name, address, availability: 'single_use' })
    .returning({ id: lieux.id })
  if (!row) throw new Error('insert returned no row')
  return row.id
}

export async function updateLieu(
  tx: TxCtx,
  lieuId: number,
  columns: Partial<LieuColumns> & { availability?: 'enabled' | 'disabled' },
): Promise<void> {
  await tx.db
    .update(lieux)
    .set({ ...columns, version: sql`version + 1` })
    .where(eq(lieux.id, lieuId))
}

export async function deleteLieu(tx: TxCtx, lieuId: number): Promise<void> {
  await tx.db.delete(lieux).where(eq(lieux.id, lieuId))
}
