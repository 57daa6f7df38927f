import { settleOffers } from '@/server/booking/commands/settle-offers'
import { findWaitOfOffer } from '@/server/booking/queries/waits'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { messagesToWaiting } from '../queries/waiting-recipient'
import { queueMessages } from '../store'

/**
 * Tells a person of the slot they are offered, by every channel that reaches them: there is little time. One whom nothing
 * reaches keeps it from nobody: it goes to the next. Run twice, it says nothing more.
 */
export const tellOffer = (ctx: Ctx, { offerId }: { offerId: number }) =>
  inTransaction(ctx, async (tx) => {
    const wait = await findWaitOfOffer(tx, offerId)
    if (wait?.offer?.state !== 'open') return done(null)
    const lines = await messagesToWaiting(tx, wait, { offerId, news: 'offer' as const })
    if (lines.length === 0) return settleOffers(tx, { offerIds: [offerId], state: 'unreached' })
    await queueMessages(tx, lines)
    return done(null)
  })
