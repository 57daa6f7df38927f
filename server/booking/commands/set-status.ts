import { allow } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { rdvStatusSet } from '../events'
import { mayWriteRdv } from '../policy'
import { isAnyAgentTaken, lockRdv, type LockedRdv } from '../queries/locks'
import type { StatusRefusal } from '../rules/agent-views'
import { phaseOf } from '../rules/phase'
import { isCancelled, propagateToParticipation, whyNotMove, type Status } from '../rules/status'
import { lockAgents, setParticipationStatus, setRdvStatus } from '../store'
import { takeHolds } from './take-holds'

export type SetStatus = { rdvId: number; from: Status; to: Status }

/** How it went. Sent again, it changes nothing; sent by two, the second is told somebody was faster (domain §4). */
export async function setStatus(ctx: Ctx, input: SetStatus): Promise<Outcome<{ status: Status }, StatusRefusal>> {
  try {
    return await inTransaction(ctx, (tx) => set(tx, input))
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'agent_times_no_double_booking') return refused('slot-taken')
    if (constraint === 'rdvs_seats_left') return refused('seats-taken')
    throw error
  }
}

async function set(tx: TxCtx, { rdvId, from, to }: SetStatus): Promise<Outcome<{ status: Status }, StatusRefusal>> {
  const rdv = await lockRdv(tx, rdvId)
  allow(mayWriteRdv(tx.actor, rdv))
  if (rdv.status === to) return done({ status: to })
  if (rdv.status !== from) return refused('changed-meanwhile')
  const why = whyNotMove(from, to, { ...rdv, phase: phaseOf(rdv.startsAt, rdv.zone, tx.now) }, tx.now)
  if (why) return refused(why)
  if (isCancelled(from) && (await takesTimeOfOthers(tx, rdv))) return refused('slot-taken')

  await setRdvStatus(tx, rdv.id, { from, to })
  await propagate(tx, rdv, { from, to })
  await tx.emit(rdvStatusSet(rdv, { from, to }))
  return done({ status: to })
}

/** Longest a request may take between reading its clock and committing. */
const REQUEST_MS = 60_000

/**
 * Reopening an RDV occupies its time again: its agents are locked and the time judged anew. An overlap agreed to stays
 * so with what stood there when it was cancelled and has not changed since; anything else is an obstacle.
 */
async function takesTimeOfOthers(tx: TxCtx, rdv: LockedRdv): Promise<boolean> {
  await lockAgents(tx, rdv.agentIds)
  // Taken back, the time is not kept for whoever it was offered to meanwhile.
  await takeHolds(tx, rdv.agentIds, [rdv])
  const sinceAt = rdv.isOverlapAcknowledged && rdv.cancelledAt ? new Date(rdv.cancelledAt.getTime() - REQUEST_MS) : null
  return isAnyAgentTaken(tx, { ...rdv, exceptRdvId: rdv.id, sinceAt })
}

/** Participations follow their RDV (domain §4.3), one statement for each status they take. */
async function propagate(tx: TxCtx, rdv: LockedRdv, move: { from: Status; to: Status }): Promise<void> {
  const idsByStatus = new Map<Status, number[]>()
  for (const participation of rdv.participations) {
    const next = propagateToParticipation(participation.status, move)
    if (next !== participation.status) idsByStatus.set(next, [...(idsByStatus.get(next) ?? []), participation.id])
  }
  for (const [status, ids] of idsByStatus) await setParticipationStatus(tx, ids, status)
}
