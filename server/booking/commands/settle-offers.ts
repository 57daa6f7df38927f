import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { waitlistOfferSettled } from '../events/waitlist'
import type { OfferState } from '../rules/waitlist'
import { closeOffers } from '../store/waitlist'

/** Settles those of these offers that are open; what they held is free again. Answers how many. For whoever judged. */
export const settleOffers = (
  ctx: Ctx,
  { offerIds, state }: { offerIds: readonly number[]; state: Exclude<OfferState, 'open'> },
): Promise<Outcome<{ count: number }, never>> =>
  inTransaction<{ count: number }, never>(ctx, async (tx) => {
    const closed = await closeOffers(tx, offerIds, state)
    await Promise.all(closed.map((offer) => tx.emit(waitlistOfferSettled(offer, { state }))))
    return done({ count: closed.length })
  })
