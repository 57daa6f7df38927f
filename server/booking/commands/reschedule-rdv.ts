import { allow } from '@/server/kernel/errors'
import type { AgentActor } from '@/server/kernel/actor'
import { dayOf } from '@/server/kernel/dates'
import { inIdOrder } from '@/server/kernel/ids'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { violatedConstraint } from '@/server/platform/sql'
import { rdvMoved } from '../events'
import { mayPlaceWith, mayWriteRdv } from '../policy'
import { isLieuOpen } from '../queries/lieux'
import { lockRdv, type LockedRdv } from '../queries/locks'
import { readAgents } from '../queries/placing'
import { judgeMove } from '../queries/rescheduling'
import { isPlaceable } from '../rules/placing'
import { movedValues, type Held, type RescheduleRefusal } from '../rules/reschedule'
import { areAllKnown } from '../rules/warnings'
import type { RescheduleRdv } from '../schema'
import { clearArrivals, freeAgents, lockAgents, setExclusive, setRdvTime, takeAgents } from '../store'

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
  const values = movedValues(rdv, after)
  if (values.length === 0) return done({ rdvId: rdv.id, sequence: rdv.sequence })
  if (rdv.sequence !== input.knownSequence) return refused('changed-meanwhile')
  if (rdv.status !== 'unknown') return refused('not-open')
  const concerned = inIdOrder([...rdv.agentIds, ...after.agentIds])
  await lockAgents(tx, concerned)
  const why = await whyNot(tx, actor, rdv, after)
  if (why) return refused(why)
  const warnings = await judgeMove(tx, actor, rdv, after)
  const overlaps = warnings.some(({ kind }) => kind === 'overlap')
  if (overlaps && !input.acknowledged.includes('overlap')) return refused('overlap')
  if (!areAllKnown(warnings, input.acknowledged)) return refused('to-confirm')

  await write(tx, rdv, after, overlaps)
  await tx.emit(rdvMoved(rdv, { agentIds: concerned, acknowledgedOverlap: overlaps, values }))
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

/** Before a time moves onto another RDV, and only then, it stops being exclusive. */
async function write(tx: TxCtx, rdv: LockedRdv, after: Held, overlaps: boolean): Promise<void> {
  const leaving = rdv.agentIds.filter((agentId) => !after.agentIds.includes(agentId))
  const coming = after.agentIds.filter((agentId) => !rdv.agentIds.includes(agentId))
  if (overlaps) await setExclusive(tx, rdv.id, false)
  if (leaving.length > 0) await freeAgents(tx, rdv.id, leaving)
  await setRdvTime(tx, rdv.id, after)
  if (dayOf(rdv.startsAt, rdv.zone) !== dayOf(after.startsAt, rdv.zone)) await clearArrivals(tx, rdv.id)
  if (coming.length > 0) await takeAgents(tx, rdv.id, { agentIds: coming, exclusive: !overlaps })
  if (!overlaps) await setExclusive(tx, rdv.id, true)
}
