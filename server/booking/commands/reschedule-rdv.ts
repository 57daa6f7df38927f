import { allow } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { rdvMoved } from '../events'
import { mayWriteRdv } from '../policy'
import { isAnyAgentTaken, lockRdv } from '../queries/locks'
import { lockAgents, setExclusive, setRdvTime } from '../store'

export type RescheduleRdv = {
  rdvId: number
  /** The start the agent saw: another one means somebody was faster. */
  fromStartAt: Date
  startAt: Date
  acknowledged: readonly 'overlap'[]
}

export type RescheduleRefusal = 'changed-meanwhile' | 'not-open' | 'overlap'

/** An agent moves an RDV to another start, with its own duration. Over another one only knowingly. */
export async function rescheduleRdv(
  ctx: Ctx,
  input: RescheduleRdv,
): Promise<Outcome<{ rdvId: number }, RescheduleRefusal>> {
  try {
    return await inTransaction(ctx, (tx) => move(tx, input))
  } catch (error) {
    if (violatedConstraint(error) === 'agent_times_no_double_booking') return refused('overlap')
    throw error
  }
}

async function move(tx: TxCtx, input: RescheduleRdv): Promise<Outcome<{ rdvId: number }, RescheduleRefusal>> {
  const rdv = await lockRdv(tx, input.rdvId)
  allow(mayWriteRdv(tx.actor, rdv))
  if (rdv.startsAt.getTime() !== input.fromStartAt.getTime()) return refused('changed-meanwhile')
  if (rdv.status !== 'unknown') return refused('not-open')
  await lockAgents(tx, rdv.agentIds)
  const startsAt = input.startAt
  const endsAt = new Date(startsAt.getTime() + rdv.endsAt.getTime() - rdv.startsAt.getTime())
  const overlaps = await isAnyAgentTaken(tx, { agentIds: rdv.agentIds, startsAt, endsAt, exceptRdvId: rdv.id })
  if (overlaps && !input.acknowledged.includes('overlap')) return refused('overlap')

  // Before the time moves onto another RDV, and only then, this one stops being exclusive.
  if (overlaps) await setExclusive(tx, rdv.id, false)
  await setRdvTime(tx, rdv.id, { startsAt, endsAt })
  if (!overlaps) await setExclusive(tx, rdv.id, true)
  await tx.emit(rdvMoved(rdv, { from: rdv.startsAt, to: startsAt }))
  return done({ rdvId: rdv.id })
}
