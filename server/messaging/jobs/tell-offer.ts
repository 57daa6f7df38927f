import { settleOffers } from '@/server/booking/commands/settle-offers'
import { findWaitOfOffer } from '@/server/booking/queries/waits'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { findWaitingRecipient } from '../queries/waiting-recipient'
import { queueMessages, type NewMessage } from '../store'

/**
 * Tells a person of the slot they are offered, by every channel that reaches them: there is little time. One whom nothing
 * reaches keeps it from nobody: it goes to the next. Run twice, it says nothing more.
 */
export const tellOffer = (ctx: Ctx, { offerId }: { offerId: number }) =>
  inTransaction(ctx, async (tx) => {
    const wait = await findWaitOfOffer(tx, offerId)
    if (wait?.offer?.state !== 'open') return done(null)
    const reached = await findWaitingRecipient(tx, wait)
    const line = { territoryId: wait.territoryId, offerId, version: 1, news: 'offer' } as const
    const lines: NewMessage[] = [
      ...(reached?.mobile ? [{ ...line, channel: 'sms' as const, recipient: reached.mobile }] : []),
      ...(reached?.email ? [{ ...line, channel: 'mail' as const, recipient: reached.email }] : []),
    ]
    if (lines.length === 0) return settleOffers(tx, { offerIds: [offerId], state: 'unreached' })
    await queueMessages(tx, lines)
    return done(null)
  })
