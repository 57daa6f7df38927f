import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { lieux, motifs } from '@/db/schema'
import { AppError, found } from '@/server/kernel/errors'
import type { TxCtx } from '@/server/platform/ctx'
import { mayAdministerOrganisation } from '@/server/access/policy'
import { MOTIF_COLUMNS, SETTINGS_COLUMNS } from './motif-columns'

/** A motif of the actor's, locked: nobody changes it, nor takes its first RDV, meanwhile. Beyond reach is not found. */
export async function lockMotif(tx: TxCtx, motifId: number) {
  const [row] = await tx.db
    .select({ subject: MOTIF_COLUMNS, settings: SETTINGS_COLUMNS })
    .from(motifs)
    .where(and(eq(motifs.id, motifId), isNull(motifs.deletedAt)))
    .for('update')
  const motif = found(row)
  if (!mayAdministerOrganisation(tx.actor, motif.subject)) throw new AppError('not-found')
  return motif
}

/** Whether an RDV of this motif ever was: asked under its lock. */
export async function isEverBooked(tx: TxCtx, motifId: number): Promise<boolean> {
  const [row] = await tx.db.execute<{ is: boolean }>(
    sql`select exists (select from rdvs where motif_id = ${motifId}) as is`,
  )
  return row?.is ?? false
}

/** A lieu of the actor's, locked. Beyond reach is not found. */
export async function lockLieu(tx: TxCtx, lieuId: number) {
  const [row] = await tx.db
    .select({
      subject: {
        id: lieux.id,
        territoryId: lieux.territoryId,
        organisationId: lieux.organisationId,
        version: lieux.version,
        availability: lieux.availability,
      },
      columns: {
        name: lieux.name,
        address: lieux.address,
        cityCode: lieux.cityCode,
        latitude: lieux.latitude,
        longitude: lieux.longitude,
        phone: lieux.phone,
        phoneE164: lieux.phoneE164,
        hours: lieux.hours,
        accessibilityNote: lieux.accessibilityNote,
      },
    })
    .from(lieux)
    .where(and(eq(lieux.id, lieuId), ne(lieux.availability, 'single_use')))
    .for('update')
  const lieu = found(row)
  if (!mayAdministerOrganisation(tx.actor, lieu.subject)) throw new AppError('not-found')
  return lieu
}
