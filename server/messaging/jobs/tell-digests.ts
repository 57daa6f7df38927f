import { done } from '@/server/kernel/outcome'
import { inRead, inTransaction, type Ctx } from '@/server/platform/ctx'
import { wallClock } from '@/server/scheduling/rules/civil'
import { listDigestReaders } from '../queries/digests'
import { digestDay } from '../rules/digest'
import { queueMessages } from '../store'

/** Has the day of each agent who wants it told, once, when their clock says so. */
export async function tellDigests(ctx: Ctx) {
  const readers = await inRead(ctx, (read) => listDigestReaders(read, 'any'))
  const lines = readers.flatMap(({ agentId, email, choice, zone }) => {
    const onDay = digestDay(choice, wallClock(zone, ctx.now.getTime()))
    if (!onDay) return []
    return [{ agentId, onDay, version: 1, news: 'digest' as const, channel: 'mail' as const, recipient: email }]
  })
  return inTransaction(ctx, async (tx) => done({ count: await queueMessages(tx, lines) }))
}
