import type { AgentCtx } from '@/server/booking/queries/agent-rdvs'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { rdvToldOtherwise } from '../events'
import { findTellable } from '../queries/untold'
import { closeUntold } from '../store'

/**
 * Somebody called this person of an RDV, or wrote by hand: all that no message could tell them, they know. Said twice, it
 * counts once. Throws `not-found` for an RDV one may not write.
 */
export const tellOtherwise = (
  ctx: AgentCtx,
  { participationId }: { participationId: number },
): Promise<Outcome<{ rdvId: number }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { rdvId, territoryId } = found(await findTellable(tx, ctx.actor, participationId))
    const closed = await closeUntold(tx, participationId, ctx.actor.agentId)
    if (closed > 0) await tx.emit(rdvToldOtherwise({ id: rdvId, territoryId }, { participationId }))
    return done({ rdvId })
  })
