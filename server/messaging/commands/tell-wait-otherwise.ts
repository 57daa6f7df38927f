import type { AgentCtx } from '@/server/booking/queries/agent-rdvs'
import { findWaitWithin } from '@/server/booking/queries/waits-within'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { waitToldOtherwise } from '../events'
import { closeUntoldWait } from '../store'

/**
 * Somebody called this person who waits for a slot: what no message could tell them, they know. Said twice, it counts
 * once. Throws `not-found` for a wait one may not write.
 */
export const tellWaitOtherwise = (
  ctx: AgentCtx,
  { entryId }: { entryId: number },
): Promise<Outcome<{ count: number }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { territoryId } = found(await findWaitWithin(tx, entryId))
    const count = await closeUntoldWait(tx, entryId, ctx.actor.agentId)
    if (count > 0) await tx.emit(waitToldOtherwise({ id: entryId, territoryId }))
    return done({ count })
  })
