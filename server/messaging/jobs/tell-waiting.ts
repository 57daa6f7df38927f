import { findWaitById } from '@/server/booking/queries/waits'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { messagesToWaiting } from '../queries/waiting-recipient'
import { queueMessages } from '../store'

/**
 * Tells whoever left their coordinates that they wait, with the link by which they find it again and leave. Who has an RDV
 * has its link, which says the same. Run twice, it says nothing more.
 */
export const tellWaiting = (ctx: Ctx, { entryId }: { entryId: number }) =>
  inTransaction(ctx, async (tx) => {
    const wait = await findWaitById(tx, entryId)
    if (!wait || wait.rdv !== null || wait.endedBy !== null) return done(null)
    await queueMessages(tx, await messagesToWaiting(tx, wait, { entryId, news: 'waiting' as const }))
    return done(null)
  })
