import { findWaitlistTerritory } from '@/server/booking/queries/waiting'
import { isSendingTime } from '@/server/booking/rules/sending-hours'
import { linkPathOf } from '@/server/booking/queries/usager-rdvs'
import { isTimeToAnswer } from '@/server/booking/rules/waitlist'
import { findWaitById, findWaitOfOffer, offerPathOf, waitPathOf, type Wait } from '@/server/booking/queries/waits'
import { settleOffers } from '@/server/booking/commands/settle-offers'
import { loadSmsRoute, type SmsRoute } from '@/server/directory/queries/sms'
import type { TxCtx } from '@/server/platform/ctx'
import { env } from '@/server/platform/env'
import type { Mail } from '@/server/platform/mail'
import { inboundAddress } from '@/server/platform/mail-in/addresses'
import { findWaitingRecipient, type Reached } from '../queries/waiting-recipient'
import { isOfferStillReached } from '../queries/untold-offers'
import type { Failure } from '../rules/sending'
import { reachedBy } from '../rules/sending'
import type { ToWaiting } from '../store'
import { consentPathOf } from '@/server/people/queries/consents'
import { loadWording } from '../queries/wordings'
import { placeFormsOf } from '../rules/place-forms'
import { PLACE_WORDS } from '../templates/facts'
import { offerMailOf, offerSmsOf, type OfferFacts, type WaitingFacts } from '../templates/offer'
import { waitingMailOf, waitingSmsOf } from '../templates/waiting'

type BySms = { sms: { to: string; text: string }; route: SmsRoute }
/** `untilAt`: until when it may be answered, of an offer. */
type Written = ({ mail: Omit<Mail, 'key'> } | BySms) & { untilAt?: Date }
type Judged = { wait: Wait; facts: OfferFacts | WaitingFacts } | { why: Failure }

const site = () => env().APP_URL

/** What is told to who waits, from what it is at this moment: nothing of a wait that is over, nor of an offer that is. */
export async function messageToWaiting(tx: TxCtx, message: ToWaiting): Promise<Written | { why: Failure }> {
  const judged = message.offerId === null ? await judgeWait(tx, message.entryId) : await judgeOffer(tx, message.offerId)
  if ('why' in judged) return judged
  const { wait, facts } = judged
  const reached = await findWaitingRecipient(tx, wait)
  const to = reached && reachedBy(message.channel, reached)
  if (!to) return { why: 'muted' }
  const { news, channel } = message
  const { wording, from } = await loadWording(tx, wait, { audience: 'usager', news, channel })
  const until = 'startAt' in facts && { untilAt: facts.untilAt }
  if (channel === 'mail') {
    const stopUrl = `${site()}${stopPathOf(wait, reached, to)}`
    const words = { wording, stopUrl }
    const mail = 'startAt' in facts ? offerMailOf(facts, words) : waitingMailOf(facts, words)
    const replyTo = from.replyTo ?? inboundAddress('mail-replies', message.id)
    return { mail: { to, stopUrl, ...from, replyTo, ...mail }, ...until }
  }
  const route = await loadSmsRoute(tx, wait.territoryId)
  const { text } = 'startAt' in facts ? offerSmsOf(facts, wording) : waitingSmsOf(facts, wording)
  return { sms: { to, text }, route, ...until }
}

/** Whoever typed an address to wait, or for an RDV, has no say over the file it was found to be of. */
function stopPathOf(wait: Wait, { toldId, isOwnEmail }: Reached, email: string): string {
  if (isOwnEmail) return consentPathOf(toldId, email)
  return wait.rdv ? `${linkPathOf(wait.rdv.linkId)}/messages` : waitPathOf(wait.entryId)
}

async function judgeWait(tx: TxCtx, entryId: number): Promise<Judged> {
  const wait = await findWaitById(tx, entryId)
  if (!wait || wait.endedBy !== null || wait.rdv !== null) return { why: 'obsolete' }
  return { wait, facts: { ...awaitedFacts(wait), url: `${site()}${waitPathOf(entryId)}` } }
}

async function judgeOffer(tx: TxCtx, offerId: number): Promise<Judged> {
  const wait = await findWaitOfOffer(tx, offerId)
  const offer = wait?.offer
  if (!wait || offer?.state !== 'open' || wait.endedBy !== null) return { why: 'obsolete' }
  if (offer.startAt <= tx.now || !isTimeToAnswer(offer, tx.now)) return { why: 'too-late' }
  // Late, at an hour when nobody is written to: by the morning it would be over.
  const territory = await findWaitlistTerritory(tx, wait.territoryId)
  if (!territory || !isSendingTime(tx.now, territory.hours, territory.zone)) return { why: 'too-late' }
  const { startAt, untilAt, isHeld } = offer
  const url = `${site()}${offerPathOf(offerId)}`
  return { wait, facts: { ...awaitedFacts(wait), startAt, untilAt, isHeld, insteadOf: wait.rdv?.startAt ?? null, url } }
}

function awaitedFacts(wait: Wait): Omit<WaitingFacts, 'url'> {
  const { isConfidential, smsLabel, serviceShortName, placeName, placeAddress, locationType } = wait
  return {
    ...{ zone: wait.zone, territoryName: wait.territoryName, phone: wait.phone },
    motifName: isConfidential ? null : wait.motifPublicName,
    shortLabel: isConfidential ? null : (smsLabel ?? (serviceShortName || null)),
    placeForms:
      locationType === 'public_office'
        ? placeFormsOf(isConfidential ? null : placeName, placeAddress)
        : [PLACE_WORDS[locationType]],
  }
}

/** A message to who waits did not arrive: of an offer, when none other may, the slot goes to the next. */
export async function onWaitingUntold(tx: TxCtx, { offerId }: Pick<ToWaiting, 'offerId'>): Promise<void> {
  if (offerId === null || (await isOfferStillReached(tx, offerId))) return
  await settleOffers(tx, { offerIds: [offerId], state: 'unreached' })
}
