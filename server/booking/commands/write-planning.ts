import { done, refused, type Outcome } from '@/server/kernel/outcome'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inIdOrder } from '@/server/kernel/ids'
import { inTransaction, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import type { AgentCtx } from '../queries/agent-rdvs'
import { markOf, readHurt, type Judged } from '../queries/judged'
import { lockRdvs } from '../queries/locks'
import { judgeMoves, readTeams } from '../queries/offers'
import { whyNotFates, type ChosenFate } from '../rules/impact'
import { chosenMoves, lengthOf, type ChosenMove } from '../rules/offers'
import type { PlanningRefusal } from '../rules/planning-views'
import { MAX_HURT } from '../rules/impact'
import { lockAgents } from '../store'
import { cancelTogether } from './cancel-together'
import { moveTogether } from './move-together'

export type AgentTxCtx = TxCtx & { readonly actor: AgentActor }
export type Followed = { readonly known: string | null; readonly fates: readonly ChosenFate[] }
export type Saved = Outcome<{ ids: number[]; cancelledCount: number; movedCount: number }, PlanningRefusal>

/** One transaction; a time the database itself refuses refuses the whole. */
export async function inPlanning(ctx: AgentCtx, save: (tx: AgentTxCtx) => Promise<Saved>): Promise<Saved> {
  try {
    return await inTransaction(ctx, (tx) => save({ ...tx, actor: ctx.actor }))
  } catch (error) {
    if (violatedConstraint(error) === 'agent_times_no_double_booking') return refused('rdv-refused')
    throw error
  }
}

/**
 * Whoever books at this moment comes before, and is counted, or after, and finds the new hours. RDVs first, then agents,
 * like every command that changes an RDV: those of the planning and those of the RDVs that move, at once.
 */
export async function lockPlanning(
  tx: AgentTxCtx,
  { agentIds, fates }: { agentIds: readonly number[]; fates: readonly ChosenFate[] },
): Promise<void> {
  const held = await lockRdvs(
    tx,
    fates.map(({ rdvId }) => rdvId),
  )
  const moving = chosenMoves(fates).map(({ rdvId }) => rdvId)
  const team = await readTeams(
    tx,
    moving.filter((rdvId) => held.includes(rdvId)),
  )
  await lockAgents(tx, inIdOrder([...agentIds, ...team]))
}

/**
 * Writes plans judged under `lockPlanning`, cancels and moves the RDVs so chosen, all or nothing. What there is to know is
 * refused unless the very same was shown before; a choice that cannot be followed refuses the whole. An RDV to move
 * without a time stays until somebody finds it one.
 */
export async function writePlanning<Plan>(
  tx: AgentTxCtx,
  judged: Judged<Plan>,
  { known, fates }: Followed,
  write: (plan: Plan) => Promise<Outcome<number | null, 'changed-meanwhile'>>,
): Promise<Saved> {
  const { plans, isStale, faults, rdvIds } = judged
  if (isStale) return refused('changed-meanwhile')
  if (faults.length > 0 || plans.length === 0) return refused('not-possible')
  if (rdvIds.length > MAX_HURT) return refused('too-many-hurt')
  const mark = markOf(judged)
  if (mark !== null && mark !== known) return refused('to-acknowledge')
  const { rdvs } = fates.length > 0 ? await readHurt(tx, rdvIds) : { rdvs: [] }
  if (whyNotFates(rdvs, fates).length > 0) return refused('rdv-refused')
  const ids: number[] = []
  for (const plan of plans) {
    const written = await write(plan)
    if (!written.ok) return written
    if (written.value !== null) ids.push(written.value)
  }
  const isCancelled = ({ id }: { id: number }) => fates.some(({ rdvId, fate }) => rdvId === id && fate === 'cancel')
  const leaving = rdvs.filter(isCancelled)
  const cancelled = await cancelTogether(tx, { rdvs: leaving, to: 'revoked' })
  if (!cancelled.ok) return refused('rdv-refused')
  const moves = chosenMoves(fates)
  const isMoved = await move(tx, moves)
  return isMoved ? done({ ids, cancelledCount: leaving.length, movedCount: moves.length }) : refused('rdv-refused')
}

/** Each to its time, if that is still free once the planning is written; else none. */
async function move(tx: AgentTxCtx, moves: readonly ChosenMove[]): Promise<boolean> {
  if (moves.length === 0) return true
  const { rdvs, refusals } = await judgeMoves(tx, moves)
  if (refusals.length > 0) return false
  const moved = await moveTogether(
    tx,
    moves.map(({ rdvId, to: { startAt } }) => {
      const rdv = found(rdvs.find(({ id }) => id === rdvId))
      const after = { ...rdv, startsAt: startAt, endsAt: new Date(startAt.getTime() + lengthOf(rdv)) }
      return { rdv, after, overlaps: false }
    }),
  )
  return moved.ok
}
