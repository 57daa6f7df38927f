import type { AgentCtx } from '@/server/booking/queries/agent-rdvs'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { agentNewsSeen } from '../events'
import { setNewsSeen } from '../store'

/** An agent has seen all they were told. Said twice, it counts once. */
export const seeNews = (ctx: AgentCtx): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const { agentId } = ctx.actor
    if (await setNewsSeen(tx, agentId)) await tx.emit(agentNewsSeen(agentId))
    return done(null)
  })
