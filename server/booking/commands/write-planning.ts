import { done, refused, type Outcome } from '@/server/kernel/outcome'
import type { AgentActor } from '@/server/kernel/actor'
import type { TxCtx } from '@/server/platform/ctx'
import { markOf, readHurt, type Judged } from '../queries/judged'
import { lockRdvs } from '../queries/locks'
import { whyNotFates, type ChosenFate } from '../rules/impact'
import type { PlanningRefusal } from '../rules/planning-views'
import { lockAgents } from '../store'
import { cancelTogether } from './cancel-together'

export type AgentTxCtx = TxCtx & { readonly actor: AgentActor }
export type Followed = { readonly known: string | null; readonly fates: readonly ChosenFate[] }
export type Saved = Outcome<{ ids: number[]; cancelledCount: number }, PlanningRefusal>

/**
 * Whoever books at this moment comes before, and is counted, or after, and finds the new hours. RDVs first, then agents,
 * like every command that changes an RDV.
 */
export async function lockPlanning(
  tx: TxCtx,
  { agentIds, fates }: { agentIds: readonly number[]; fates: readonly ChosenFate[] },
): Promise<void> {
  await lockRdvs(
    tx,
    fates.map(({ rdvId }) => rdvId),
  )
  await lockAgents(tx, agentIds)
}

/**
 * Writes plans judged under `lockPlanning`, and cancels the RDVs so chosen, all or nothing. What there is to know is
 * refused unless the very same was shown before; a choice that cannot be followed refuses the whole. An RDV to move stays
 * until somebody finds it another time.
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
  return cancelled.ok ? done({ ids, cancelledCount: leaving.length }) : refused('rdv-refused')
}
