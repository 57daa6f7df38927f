import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { lieuSaved } from '../events/catalogue'
import * as store from '../store/catalogue'

type OneOffLieu = { territoryId: number; organisationId: number; name: string; address: string }

/**
 * A place of one RDV alone, typed as it is placed (domain §1.10, « lieu ponctuel »): in no list, never enabled nor
 * disabled. For whoever has just been let place that RDV; the fact keeps nothing of what was typed.
 */
export const addOneOffLieu = (
  ctx: Ctx,
  { territoryId, organisationId, ...given }: OneOffLieu,
): Promise<Outcome<{ lieuId: number }, never>> =>
  inTransaction<{ lieuId: number }, never>(ctx, async (tx) => {
    const id = await store.insertOneOffLieu(tx, { territoryId, organisationId }, given)
    await tx.emit(lieuSaved({ id, territoryId, organisationId }, true, []))
    return done({ lieuId: id })
  })
