import { AppError } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { writeOpening } from '@/server/scheduling/commands/write-opening'
import { mayWritePlanning } from '@/server/scheduling/policy'
import type { DeleteOpening, SaveOpening } from '@/server/scheduling/schema'
import { judgeChange, judgeDeletion, loadTarget, markOf, type JudgedOpening } from '../queries/planning'
import type { OpeningRefusal } from '../rules/planning-views'
import { lockAgents } from '../store'

type Saved = Outcome<{ openingIds: number[] }, OpeningRefusal>

/**
 * Saves an opening for each of its agents, all or none. What `judgeOpening` warns of is refused unless the very
 * same was shown before; what it finds at fault is refused. Under the agents' lock: whoever books at this moment comes before, and is counted, or
 * after, and finds the new hours.
 */
export const saveOpening = (ctx: Ctx, input: SaveOpening): Promise<Saved> =>
  inTransaction(ctx, async (tx) => {
    if (!input.agentIds.every((agentId) => mayWritePlanning(tx.actor, agentId))) throw new AppError('not-found')
    await lockAgents(tx, input.agentIds)
    return write(tx, await judgeChange(tx, input), input.known)
  })

/** Takes away an opening or some of its dates; its RDVs stay, knowingly. Beyond reach is not found. */
export const deleteOpening = (ctx: Ctx, input: DeleteOpening): Promise<Saved> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = await loadTarget(tx, input.target)
    await lockAgents(tx, [agentId])
    return write(tx, await judgeDeletion(tx, input), input.known)
  })

async function write(tx: TxCtx, judged: JudgedOpening, known: string | null): Promise<Saved> {
  const { plans, isStale, faults } = judged
  if (isStale) return refused('changed-meanwhile')
  if (faults.length > 0 || plans.length === 0) return refused('not-possible')
  const mark = markOf(judged)
  if (mark !== null && mark !== known) return refused('to-acknowledge')
  const openingIds: number[] = []
  for (const plan of plans) {
    const written = await writeOpening(tx, plan)
    if (!written.ok) return written
    if (written.value.openingId !== null) openingIds.push(written.value.openingId)
  }
  return done({ openingIds })
}
