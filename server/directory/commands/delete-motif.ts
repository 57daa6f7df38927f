import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { motifDeleted } from '../events/catalogue'
import { isEverBooked, lockMotif } from '../queries/locked'
import * as store from '../store/catalogue'

/**
 * Takes a motif away: out of sight when an RDV of it ever was, for good otherwise (domain §1.9). Openings go on with
 * their other motifs. Beyond reach is not found.
 */
export const deleteMotif = (ctx: Ctx, { motifId }: { motifId: number }): Promise<Outcome<{ isKept: boolean }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { subject } = await lockMotif(tx, motifId)
    const isKept = await isEverBooked(tx, motifId)
    await (isKept ? store.archiveMotif(tx, motifId) : store.deleteMotif(tx, motifId))
    await tx.emit(motifDeleted(subject, isKept))
    return done({ isKept })
  })
