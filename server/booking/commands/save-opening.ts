import { AppError } from '@/server/kernel/errors'
import { done } from '@/server/kernel/outcome'
import type { TxCtx } from '@/server/platform/ctx'
import { writeOpening } from '@/server/scheduling/commands/write-opening'
import { mayWritePlanning } from '@/server/scheduling/policy'
import type { OpeningPlan } from '@/server/scheduling/rules/opening'
import type { AgentCtx } from '../queries/agent-rdvs'
import { judgeChange, judgeDeletion, loadTarget } from '../queries/planning'
import type { DeleteOpening, SaveOpening } from '../schema'
import { inPlanning, lockPlanning, writePlanning, type Saved } from './write-planning'

/**
 * Saves an opening for each of its agents, all or none. What `judgeOpening` warns of is refused unless the very
 * same was shown before; what it finds at fault is refused. RDVs left outside stay, move or are cancelled as
 * chosen.
 */
export const saveOpening = (ctx: AgentCtx, input: SaveOpening): Promise<Saved> =>
  inPlanning(ctx, async (tx) => {
    if (!input.agentIds.every((agentId) => mayWritePlanning(tx.actor, agentId))) throw new AppError('not-found')
    await lockPlanning(tx, input)
    return writePlanning(tx, await judgeChange(tx, input), input, writing(tx))
  })

/** Takes away an opening or some of its dates; its RDVs stay, move or are cancelled as chosen. Beyond reach is not found. */
export const deleteOpening = (ctx: AgentCtx, input: DeleteOpening): Promise<Saved> =>
  inPlanning(ctx, async (tx) => {
    const { agentId } = await loadTarget(tx, input.target)
    await lockPlanning(tx, { ...input, agentIds: [agentId] })
    return writePlanning(tx, await judgeDeletion(tx, input), input, writing(tx))
  })

const writing = (tx: TxCtx) => async (plan: OpeningPlan) => {
  const written = await writeOpening(tx, plan)
  return written.ok ? done(written.value.openingId) : written
}
