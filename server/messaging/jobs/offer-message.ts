import { findWaitOfOffer, offerPathOf } from '@/server/booking/queries/waits'
import { settleOffers } from '@/server/booking/commands/settle-offers'
import { loadSmsRoute, type SmsRoute } from '@/server/directory/queries/sms'
import type { TxCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import type { Mail } from '@/server/platform/mail'
import { findWaitingRecipient } from '../queries/waiting-recipient'
import { isOfferStillReached } from '../queries/untold-offers'
import type { Failure } from '../rules/sending'
import { reachedBy } from '../rules/sending'
import type { ToWaiting } from '../store'
import { offerMailOf, offerSmsOf, type OfferFacts } from '../templates/offer'

type Written = { mail: Omit<Mail, 'key'> } | { sms: { to: string; text: string }; route: SmsRoute }

/** What is told of an offer, from what it is at this moment: nothing of one that is settled, or whose slot has begun. */
export async function offerMessage(tx: TxCtx, message: ToWaiting): Promise<Written | { why: Failure }> {
  const wait = await findWaitOfOffer(tx, message.offerId)
  const offer = wait?.offer
  if (!wait || offer?.state !== 'open' || wait.endedBy !== null) return { why: 'obsolete' }
  if (offer.startAt <= tx.now || offer.untilAt <= tx.now) return { why: 'too-late' }
  const reached = await findWaitingRecipient(tx, wait)
  const to = reached && reachedBy(message.channel, reached)
  if (!to) return { why: 'muted' }
  const { isConfidential, smsLabel, serviceShortName, placeName, placeAddress } = wait
  const facts: OfferFacts = {
    ...{ startAt: offer.startAt, untilAt: offer.untilAt, isHeld: offer.isHeld, zone: wait.zone },
    insteadOf: wait.rdv?.startAt ?? null,
    motifName: isConfidential ? null : wait.motifPublicName,
    shortLabel: isConfidential ? null : (smsLabel ?? (serviceShortName || null)),
    place: [isConfidential ? null : placeName, placeAddress].filter((part) => part !== null).join(', ') || null,
    locationType: wait.locationType,
    url: `${env().APP_URL.replace(/\/$/, '')}${offerPathOf(offer.offerId)}`,
  }
  if (message.channel === 'mail') return { mail: { to, ...offerMailOf(facts) } }
  return { sms: { to, text: offerSmsOf(facts) }, route: await loadSmsRoute(tx, wait.territoryId) }
}

/** A message about an offer did not arrive: when none other may, the slot goes to the next. */
export async function onOfferUntold(tx: TxCtx, offerId: number): Promise<void> {
  if (await isOfferStillReached(tx, offerId)) return
  await settleOffers(tx, { offerIds: [offerId], state: 'unreached' })
}
