import type { Recipient } from '@/server/booking/queries/recipients'
import { isCancelled, type Status } from '@/server/booking/rules/status'

/** Nothing is sent for an RDV that has begun or is cancelled, nor when its participation is not to be notified (domain §5.1). */
export const isWorthTelling = (
  rdv: { startAt: Date; rdvStatus: Status; participationStatus: Status },
  recipient: Recipient,
  now: Date,
): boolean =>
  recipient.notifiesLifecycle &&
  rdv.startAt > now &&
  !isCancelled(rdv.rdvStatus) &&
  !isCancelled(rdv.participationStatus)
