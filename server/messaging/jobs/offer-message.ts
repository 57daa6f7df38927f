import { findWaitlistTerritory } from '@/server/booking/queries/waiting'
import { isSendingTime } from '@/server/booking/rules/sending-hours'
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
import { consentPathOf } from '@/server/people/queries/consents'
import { loadWording } from '../queries/wordings'
import { placeFormsOf } from '../rules/place-forms'
import { PLACE_WORDS } from '../templates/facts'
import { offerMailOf, offerSmsOf, type OfferFacts } from '../templates/offer'

type Written = { mail: Omit<Mail, 'key'> } | { sms: { to: string; text: string }; route: SmsRoute }

/** What is told of an offer, from what it is at this moment: nothing of one that is settled, or whose slot has begun. */
export async function offerMessage(tx: TxCtx, message: ToWaiting): Promise<Written | { why: Failure }> {
  const wait = await findWaitOfOffer(tx, message.offerId)
  const offer = wait?.offer
  if (!wait || offer?.state !== 'open' || wait.endedBy !== null) return { why: 'obsolete' }
  if (offer.startAt <= tx.now || offer.untilAt <= tx.now) return { why: 'too-late' }
  // Late, at an hour when nobody is written to: by the morning it would be over.
  const territory = await findWaitlistTerritory(tx, wait.territoryId)
  if (!territory || !isSendingTime(tx.now, territory.hours, territory.zone)) return { why: 'too-late' }
  const reached = await findWaitingRecipient(tx, wait)
  const to = reached && reachedBy(message.channel, reached)
  if (!to) return { why: 'muted' }
  const { isConfidential, smsLabel, serviceShortName, placeName, placeAddress } = wait
  const site = env().APP_URL.replace(/\/$/, '')
  const facts: OfferFacts = {
    ...{ startAt: offer.startAt, untilAt: offer.untilAt, isHeld: offer.isHeld, zone: wait.zone },
    insteadOf: wait.rdv?.startAt ?? null,
    motifName: isConfidential ? null : wait.motifPublicName,
    shortLabel: isConfidential ? null : (smsLabel ?? (serviceShortName || null)),
    placeForms:
      wait.locationType === 'public_office'
        ? placeFormsOf(isConfidential ? null : placeName, placeAddress)
        : [PLACE_WORDS[wait.locationType]],
    territoryName: wait.territoryName,
    url: `${site}${offerPathOf(offer.offerId)}`,
  }
  const key = { audience: 'usager', news: 'offer', channel: message.channel } as const
  const { wording, from } = await loadWording(tx, wait, key)
  if (message.channel === 'mail') {
    const stopUrl = `${site}${consentPathOf(reached.toldId)}`
    return { mail: { to, stopUrl, ...from, ...offerMailOf(facts, { wording, stopUrl }) } }
  }
  return { sms: { to, text: offerSmsOf(facts, wording).text }, route: await loadSmsRoute(tx, wait.territoryId) }
}

/** A message about an offer did not arrive: when none other may, the slot goes to the next. */
export async function onOfferUntold(tx: TxCtx, offerId: number): Promise<void> {
  if (await isOfferStillReached(tx, offerId)) return
  await settleOffers(tx, { offerIds: [offerId], state: 'unreached' })
}
