import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { waitlistEnded } from '../events/waitlist'
import type { WaitlistEnd } from '../rules/waitlist'
import { endWaits as write } from '../store/waitlist'
import { settleOffers } from './settle-offers'

/** Ends those of these waits that go on, and withdraws what they are offered. Answers how many. For whoever judged. */
export const endWaits = (
  ctx: Ctx,
  waits: readonly { entryId: number; endedBy: WaitlistEnd }[],
): Promise<Outcome<{ count: number }, never>> =>
  inTransaction<{ count: number }, never>(ctx, async (tx) => {
    const { ended, openOfferIds } = await write(tx, waits)
    await settleOffers(tx, { offerIds: openOfferIds, state: 'withdrawn' })
    const told = ended.map(({ entryId, territoryId, endedBy }) =>
      tx.emit(waitlistEnded({ id: entryId, territoryId }, { endedBy })),
    )
    await Promise.all(told)
    return done({ count: ended.length })
  })
