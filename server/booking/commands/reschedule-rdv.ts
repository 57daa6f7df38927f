import { allow } from '@/server/kernel/errors'
import type { AgentActor } from '@/server/kernel/actor'
import { inIdOrder } from '@/server/kernel/ids'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { mayPlaceWith, mayWriteRdv } from '../policy'
import { isLieuOpen } from '../queries/lieux'
import { lockRdv, type LockedRdv } from '../queries/locks'
import { readAgents } from '../queries/placing'
import { judgeMove } from '../queries/rescheduling'
import { isPlaceable } from '../rules/placing'
import { movedValues, type Held, type RescheduleRefusal } from '../rules/reschedule'
import { areAllKnown } from '../rules/warnings'
import type { RescheduleRdv } from '../schema'
import { lockAgents } from '../store'
import { moveTogether } from './move-together'
import { takeHolds } from './take-holds'

type AgentCtx = Ctx & { readonly actor: AgentActor }
/** `sequence`: what to name the RDV by to move it again, back for instance. */
type Moved = Outcome<{ rdvId: number; sequence: number }, RescheduleRefusal>

/**
 * An agent moves an RDV that has not been settled to another time, length or lieu, or to other agents (domain §3.3,
 * « reporter »). What they are warned of is passed over only knowingly, as when placing one. `changed-meanwhile` when it is no
 * longer the one they saw; sent again, it changes nothing.
 */
export async function rescheduleRdv(ctx: AgentCtx, input: RescheduleRdv): Promise<Moved> {
  try {
    return await inTransaction(ctx, (tx) => move(tx, ctx.actor, input))
  } catch (error) {
    if (violatedConstraint(error) === 'agent_times_no_double_booking') return refused('overlap')
    throw error
  }
}

async function move(tx: TxCtx, actor: AgentActor, input: RescheduleRdv): Promise<Moved> {
  const rdv = await lockRdv(tx, input.rdvId)
  allow(mayWriteRdv(actor, rdv))
  const after = heldAfter(input)
  if (movedValues(rdv, after).length === 0) return done({ rdvId: rdv.id, sequence: rdv.sequence })
  if (rdv.sequence !== input.knownSequence) return refused('changed-meanwhile')
  if (rdv.status !== 'unknown') return refused('not-open')
  await lockAgents(tx, inIdOrder([...rdv.agentIds, ...after.agentIds]))
  const why = await whyNot(tx, actor, rdv, after)
  if (why) return refused(why)
  const warnings = await judgeMove(tx, actor, rdv, after)
  const overlaps = warnings.some(({ kind }) => kind === 'overlap')
  if (overlaps && !input.acknowledged.includes('overlap')) return refused('overlap')
  if (!areAllKnown(warnings, input.acknowledged)) return refused('to-confirm')

  await takeHolds(tx, after.agentIds, [after])
  await moveTogether(tx, [{ rdv, after, overlaps }])
  return done({ rdvId: rdv.id, sequence: rdv.sequence + 1 })
}

const heldAfter = ({ startAt, durationMin, lieuId, agentIds }: RescheduleRdv): Held => ({
  startsAt: startAt,
  endsAt: new Date(startAt.getTime() + durationMin * 60_000),
  lieuId,
  agentIds: inIdOrder(agentIds),
})

/** Those who stay stay; whoever comes in, agent or lieu, is judged as for a new RDV. */
async function whyNot(tx: TxCtx, actor: AgentActor, rdv: LockedRdv, after: Held): Promise<RescheduleRefusal | null> {
  if (after.agentIds.length === 0) return 'agent-missing'
  if ((rdv.locationType === 'public_office') !== (after.lieuId !== null)) return 'place-missing'
  if (!isPlaceable(after.startsAt, tx.now)) return 'bad-time'
  const newcomers = after.agentIds.filter((agentId) => !rdv.agentIds.includes(agentId))
  if (!newcomers.every((agentId) => mayPlaceWith(actor, rdv, agentId))) return 'agent-elsewhere'
  if (newcomers.length > 0) {
    const here = await readAgents(tx, rdv.organisationId, { named: newcomers })
    if (here.length < newcomers.length) return 'agent-elsewhere'
  }
  const isThere =
    after.lieuId === rdv.lieuId || (await isLieuOpen(tx, after.lieuId, { ...rdv, agentIds: after.agentIds }))
  return isThere ? null : 'place-missing'
}
