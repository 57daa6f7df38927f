import { dayOf } from '@/server/kernel/dates'
import { inIdOrder } from '@/server/kernel/ids'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { rdvMoved } from '../events'
import { movedValues, type Held } from '../rules/reschedule'
import { clearArrivals, freeAgents, setExclusive, setRdvTimes, takeAgents } from '../store/moves'

export type Move = {
  readonly rdv: Held & { id: number; territoryId: number; zone: string }
  readonly after: Held
  /** Knowingly over another RDV. */
  readonly overlaps: boolean
}

/**
 * Moves these RDVs, in as many statements for one as for many; one event each. For commands that locked them and the agents
 * concerned, and judged. Before a time moves onto another RDV, and only then, it stops being exclusive. Throws on
 * `agent_times_no_double_booking`.
 */
export const moveTogether = (ctx: Ctx, moves: readonly Move[]): Promise<Outcome<null, never>> =>
  inTransaction<null, never>(ctx, async (tx) => {
    const idsOf = (which: (move: Move) => boolean) => moves.filter(which).map(({ rdv }) => rdv.id)
    const partsOf = (which: (move: Move) => boolean, of: (move: Move) => readonly number[]) =>
      moves.filter(which).flatMap((move) => of(move).map((agentId) => ({ rdvId: move.rdv.id, agentId })))
    const leaving = ({ rdv, after }: Move) => rdv.agentIds.filter((agentId) => !after.agentIds.includes(agentId))
    const coming = ({ rdv, after }: Move) => after.agentIds.filter((agentId) => !rdv.agentIds.includes(agentId))
    const overlapping = ({ overlaps }: Move) => overlaps
    const alone = ({ overlaps }: Move) => !overlaps

    await setExclusive(tx, idsOf(overlapping), false)
    await freeAgents(
      tx,
      partsOf(() => true, leaving),
    )
    await setRdvTimes(
      tx,
      moves.map(({ rdv, after }) => ({ rdvId: rdv.id, after })),
    )
    await clearArrivals(
      tx,
      idsOf(({ rdv, after }) => dayOf(rdv.startsAt, rdv.zone) !== dayOf(after.startsAt, rdv.zone)),
    )
    await takeAgents(tx, partsOf(overlapping, coming), false)
    await takeAgents(tx, partsOf(alone, coming), true)
    await setExclusive(tx, idsOf(alone), true)
    const told = moves.map(({ rdv, after, overlaps }) =>
      tx.emit(
        rdvMoved(rdv, {
          agentIds: inIdOrder([...rdv.agentIds, ...after.agentIds]),
          acknowledgedOverlap: overlaps,
          byParticipationId: tx.actor.kind === 'link' ? tx.actor.participationId : null,
          values: movedValues(rdv, after),
        }),
      ),
    )
    await Promise.all(told)
    return done(null)
  })
