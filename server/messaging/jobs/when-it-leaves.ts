import { findRdvOfParticipation } from '@/server/booking/queries/usager-rdvs'
import { awaitedAt, leavesAt } from '@/server/booking/rules/sending-hours'
import type { TxCtx } from '@/server/platform/ctx'
import { findSendingHours } from '../queries/reminding'
import type { ToPerson } from '../store'

/** When the hours of its territory let a message to a person leave, from now; now when nothing is ahead any more. */
export async function whenItLeaves(
  tx: TxCtx,
  { rdvId, participationId, previousStartsAt }: Pick<ToPerson, 'rdvId' | 'participationId' | 'previousStartsAt'>,
): Promise<Date> {
  const [territory, rdv] = [await findSendingHours(tx, rdvId), await findRdvOfParticipation(tx, participationId)]
  if (!territory || !rdv) return tx.now
  const told = previousStartsAt && { isOn: true, startsAt: previousStartsAt }
  const first = awaitedAt(told, { isOn: true, startsAt: rdv.startAt }, tx.now)
  return first ? leavesAt(tx.now, first, territory.hours, territory.zone) : tx.now
}
