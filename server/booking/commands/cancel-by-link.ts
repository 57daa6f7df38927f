import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inRead, inTransaction, withActor, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { consume, LIMITS } from '@/server/platform/limits'
import { rdvCancelled } from '../events'
import { lockRdv } from '../queries/locks'
import { findRdvByToken, type OwnRdv } from '../queries/usager-rdvs'
import { whyNotCancel } from '../rules/booking'
import { isCancelled, type Status } from '../rules/status'
import type { CancelRefusal } from '../rules/tunnel'
import { setParticipationStatus, setRdvStatus } from '../store'

type Cancelled = Outcome<{ status: Status }, CancelRefusal>

/**
 * A person cancels, holding their link: their individual RDV, or their own place in a collective session (the seat is
 * freed). Throws `not-found` for a link unknown or revoked. Pressed again, it says so and changes nothing.
 */
export async function cancelByLink(ctx: Ctx, { token }: { token: string }): Promise<Cancelled> {
  await consume(ctx, LIMITS.linksPerAddress, ctx.clientAddress)
  const own = found(await inRead(ctx, (read) => findRdvByToken(read, token)))
  const { rdvId, participationId } = own
  return inTransaction(withActor(ctx, { kind: 'link', rdvId, participationId }), (tx) => cancel(tx, own))
}

async function cancel(tx: TxCtx, own: OwnRdv): Promise<Cancelled> {
  const { participationId } = own
  const rdv = await lockRdv(tx, own.rdvId, 'any')
  const participation = found(rdv.participations.find(({ id }) => id === participationId))
  const judged = { ...own, status: rdv.status, participationStatus: participation.status, startsAt: rdv.startsAt }
  const why = whyNotCancel(judged, own.cancelNoticeMin, tx.now)
  if (why) return refused(why)

  const stillIn = rdv.participations.filter(({ status }) => !isCancelled(status)).map(({ id }) => id)
  await setParticipationStatus(tx, rdv.isCollective ? [participationId] : stillIn, 'excused')
  if (!rdv.isCollective) await setRdvStatus(tx, rdv.id, { from: rdv.status, to: 'excused' })
  await tx.emit(rdvCancelled(rdv, { participationId, participationOnly: rdv.isCollective }))
  return done({ status: 'excused' })
}
