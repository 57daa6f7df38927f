import { allow } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { calendarFeedRenewed } from '../events'
import type { CalendarFeedOptions } from '../schema'
import { lockAgents, replaceCalendarFeed } from '../store'

/** A new secret address for the agent's own calendar; the one before answers that it is over, from now on. */
export const renewCalendarFeed = (ctx: Ctx, options: CalendarFeedOptions): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const { actor } = tx
    allow(actor.kind === 'agent')
    await lockAgents(tx, [actor.agentId])
    await replaceCalendarFeed(tx, actor.agentId, options)
    await tx.emit(calendarFeedRenewed(actor.agentId))
    return done(null)
  })
