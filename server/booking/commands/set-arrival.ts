import { allow, found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { rdvArrivalSet } from '../events'
import { mayWriteRdv } from '../policy'
import { lockRdv } from '../queries/locks'
import { phaseOf } from '../rules/phase'
import { whyNotArrive, type ArrivalRefusal } from '../rules/reception'
import type { SetArrival } from '../schema'
import { setArrivedAt } from '../store'

/** Somebody came into the waiting room, or did not after all. Sent twice, the first hour stays. */
export const setArrival = (
  ctx: Ctx,
  { rdvId, participationId, isHere }: SetArrival,
): Promise<Outcome<null, ArrivalRefusal>> =>
  inTransaction(ctx, async (tx) => {
    const rdv = await lockRdv(tx, rdvId)
    allow(mayWriteRdv(tx.actor, rdv))
    const person = found(rdv.participations.find(({ id }) => id === participationId))
    const phase = phaseOf(rdv.startsAt, rdv.zone, tx.now)
    const why = whyNotArrive({ phase, status: rdv.status }) ?? whyNotArrive({ phase, status: person.status })
    if (why) return refused(why)
    if (await setArrivedAt(tx, participationId, isHere)) await tx.emit(rdvArrivalSet(rdv, { participationId, isHere }))
    return done(null)
  })
