import { loadSmsRoute, type SmsRoute } from '@/server/directory/queries/sms'
import { invitationOf, type Invited } from '@/server/booking/queries/calendar'
import { listRecipients, stillComingBy, type RdvRecipient } from '@/server/booking/queries/recipients'
import {
  findRdvOfParticipation,
  linkPathOf,
  listRdvsOfParticipations,
  type OwnRdv,
} from '@/server/booking/queries/usager-rdvs'
import { isCancelled } from '@/server/booking/rules/status'
import { consentPathOf } from '@/server/people/queries/consents'
import { env } from '@/server/platform/env'
import { done } from '@/server/kernel/outcome'
import { inTransaction, runningFrom, type Ctx, type TxCtx } from '@/server/platform/ctx'
import type { Mail } from '@/server/platform/mail'
import { inboundAddress } from '@/server/platform/mail-in/addresses'
import { leaves } from '@/server/platform/outgoing'
import { mayRepeat } from '@/server/platform/sms/deliver'
import { loadWording } from '../queries/wordings'
import {
  findHeir,
  findKnownBefore,
  findNextTogether,
  judgeChange,
  listConcerned,
  listToldTogether,
  toldBefore,
} from '../queries/message-facts'
import { JUDGED_AGAIN_MS } from '../rules/reminder'
import { areHoursJudged, reachedBy, whyDrop, type Failure } from '../rules/sending'
import { namesFor, type News } from '../rules/telling'
import {
  askAgainAt,
  handOver,
  lockMessage,
  putMessageOff,
  setMessageState,
  setRecipient,
  type MessageState,
  type ToAgent,
  type ToPerson,
  type ToWaiting,
} from '../store'
import { digestMail } from './digest-mail'
import { giveMessage, type Ready } from './give-message'
import { tryOtherChannel } from './other-channel'
import { planningMail } from './planning-mail'
import { arrivalMail } from './arrival-mail'
import { exportMail } from './export-mail'
import { rdvMail } from './rdv-mail'
import { whenItLeaves } from './when-it-leaves'
import { messageToWaiting, onWaitingUntold } from './waiting-message'
import { factsOf } from '../templates/facts'
import { eventOf, mailOf, smsOf } from '../templates/rdv'

/**
 * One attempt at one message. It is judged anew first: nothing leaves for an RDV that has begun, or of which something
 * newer is to be told. `sending` is written, and committed, before the gateway is asked: found there again after a
 * crash, nobody knows whether it left, and it is not sent twice, but by a gateway that ignores what it has already had. Throws
 * when a mail server asks to come back later, until it has been tried often enough; an SMS put off has a job anew. What failed for
 * good goes by the other channel, where the person may be reached so. `sinceMs`: since when it has tried to leave.
 */
export async function sendMessage(
  ctx: Ctx,
  { messageId, sinceMs = ctx.now.getTime() }: { messageId: number; sinceMs?: number | undefined },
): Promise<void> {
  // Whatever is waited for from here on, other jobs or a slow server, the RDV does not wait for.
  const nowAt = runningFrom(ctx)
  const begun = await inTransaction(ctx, async (tx) => done(await begin(tx, messageId)))
  if (begun.ok && begun.value) await giveMessage(ctx, begun.value, { sinceMs, nowAt })
}

/** What another of the family is told instead, when whom it went by left or was muted. */
const HANDED_OVER: ReadonlySet<News> = new Set(['created', 'moved'])

/** What somebody is to call for, when the person it is for can no longer be written to: they would come for nothing, or not come. */
const TOLD_OTHERWISE: ReadonlySet<News> = new Set(['moved', 'cancelled'])

const UNCERTAIN = { state: 'uncertain', failure: null } as const satisfies MessageState
const NO_CONTACT = { state: 'failed', failure: 'no-contact' } as const satisfies MessageState
const NO_GATEWAY = { state: 'failed', failure: 'no-gateway' } as const satisfies MessageState

/** `mayHandOver`: not twice, as whom it is handed over to is known to be reached. */
async function begin(tx: TxCtx, messageId: number, mayHandOver = true): Promise<Ready | null> {
  const message = await lockMessage(tx, messageId)
  if (!message) return null
  const isInterrupted = message.state === 'sending'
  if (isInterrupted && leaves(message.recipient) && !(await isRepeatable(tx, message))) {
    await setMessageState(tx, messageId, { from: ['sending'], ...UNCERTAIN })
    return null
  }
  if (!isInterrupted && message.state !== 'waiting') return null
  if (message.offerId !== null || message.entryId !== null) return beginToWaiting(tx, message)
  return message.agentId === null ? beginToPerson(tx, message, mayHandOver) : beginToAgent(tx, message)
}

/** Its gateway sends nothing twice, whatever happened between them. */
const isRepeatable = async (tx: TxCtx, { channel, territoryId }: ToPerson | ToAgent | ToWaiting): Promise<boolean> =>
  channel === 'sms' && territoryId !== null && mayRepeat((await loadSmsRoute(tx, territoryId)).gateways)

async function beginToWaiting(tx: TxCtx, message: ToWaiting): Promise<Ready | null> {
  const { id: messageId, state, key } = message
  const written = await messageToWaiting(tx, message)
  if ('why' in written) {
    await setMessageState(tx, messageId, { from: [state], state: 'dropped', failure: written.why })
    if (written.why !== 'obsolete') await onWaitingUntold(tx, message)
    return null
  }
  const to = 'mail' in written ? written.mail.to : written.sms.to
  if (to !== message.recipient) await setRecipient(tx, messageId, to)
  if ('sms' in written && !written.route.isMeant && leaves(to)) {
    await setMessageState(tx, messageId, { from: [state], ...NO_GATEWAY })
    await onWaitingUntold(tx, message)
    return null
  }
  await setMessageState(tx, messageId, { from: [state], state: 'sending', failure: null })
  const one = { messageId, attempt: message.attempts + 1, untilAt: written.untilAt }
  if ('mail' in written) return { ...one, mail: { ...written.mail, key } }
  const { sms, route } = written
  return { ...one, sms: { ...sms, sender: route.sender, key }, gateways: route.gateways }
}

type MailToAgent = { mail: Mail; untilAt?: Date } | { why: Failure }

function agentMailOf(tx: TxCtx, message: ToAgent): Promise<MailToAgent> {
  if (message.onDay !== null) return digestMail(tx, message)
  if (message.rdvId === null) return message.news === 'export' ? exportMail(tx, message) : planningMail(tx, message)
  return message.news === 'arrived' ? arrivalMail(tx, message) : rdvMail(tx, message)
}

async function beginToAgent(tx: TxCtx, message: ToAgent): Promise<Ready | null> {
  const { id: messageId, state } = message
  const judged = await agentMailOf(tx, message)
  if ('why' in judged) {
    await setMessageState(tx, messageId, { from: [state], state: 'dropped', failure: judged.why })
    return null
  }
  if (judged.mail.to !== message.recipient) await setRecipient(tx, messageId, judged.mail.to)
  await setMessageState(tx, messageId, { from: [state], state: 'sending', failure: null })
  const one = { messageId, attempt: message.attempts + 1, untilAt: judged.untilAt }
  return { ...one, mail: { ...judged.mail, key: message.key } }
}

async function beginToPerson(tx: TxCtx, message: ToPerson, mayHandOver: boolean): Promise<Ready | null> {
  const { id: messageId } = message
  const rdv = await findRdvOfParticipation(tx, message.participationId)
  const all = await listRecipients(tx, [message.rdvId])
  const recipient = all.find(({ participationId }) => participationId === message.participationId)
  const change = await judgeChange(tx, message)
  const known = { ...message, ...(await toldBefore(tx, message)), ...change }
  const why = rdv && recipient ? whyDrop(known, rdv, recipient, tx.now) : 'obsolete'
  if (why || !rdv || !recipient) {
    const isLeft = why === 'muted' || (rdv && isCancelled(rdv.participationStatus) && !isCancelled(rdv.rdvStatus))
    const ofFamily = isLeft && recipient && HANDED_OVER.has(message.news)
    const heir = mayHandOver
      ? (ofFamily && (await findHeir(tx, message, recipient.toldId))) ||
        (message.news === 'created' && (await findNextTogether(tx, message)))
      : null
    if (heir && (await handOver(tx, message, heir))) return begin(tx, messageId, false)
    const isMuted = why === 'muted' && recipient?.notifiesLifecycle
    const isToTell = isMuted && TOLD_OTHERWISE.has(message.news) && !change.areWordsAlone
    const next = isToTell ? NO_CONTACT : ({ state: 'dropped', failure: why ?? 'obsolete' } as const)
    await setMessageState(tx, messageId, { from: [message.state], ...next })
    if (isToTell) await tryOtherChannel(tx, messageId)
    return null
  }
  if (message.reminderId !== null && known.isBeingTold) {
    await waitForNews(tx, message)
    return null
  }
  if (await isPutOff(tx, message)) return null
  const reached = reachedBy(message.channel, recipient) ?? message.recipient
  if (reached !== message.recipient) await setRecipient(tx, messageId, reached)
  const route = message.channel === 'sms' ? await loadSmsRoute(tx, rdv.territoryId) : null
  if (route && !route.isMeant && leaves(reached)) {
    await setMessageState(tx, messageId, { from: [message.state], ...NO_GATEWAY })
    await tryOtherChannel(tx, messageId)
    return null
  }
  await setMessageState(tx, messageId, { from: [message.state], state: 'sending', failure: null })
  const together = message.news === 'created' ? await listToldTogether(tx, message.participationId) : []
  const others = await listRdvsOfParticipations(tx, together)
  const inAgenda = agendaOf(all, reached, recipient.toldId)
  const key = { audience: 'usager', news: eventOf(message.news, others.length), channel: message.channel } as const
  const words = await loadWording(tx, { rdvId: message.rdvId }, key)
  const about = await aboutOf(tx, message, all, recipient.toldId)
  return write(
    { ...message, recipient: reached },
    { ...about, rdv, asKnown: asKnown(message, rdv, about.before), others, told: recipient, inAgenda, route, words },
  )
}

type KnownBefore = Awaited<ReturnType<typeof findKnownBefore>>

/** A session is cancelled under the title they know it by. */
const asKnown = ({ news }: ToPerson, rdv: OwnRdv, before: KnownBefore): OwnRdv =>
  news === 'cancelled' ? { ...rdv, title: before?.title ?? rdv.title } : rdv

/** Whom it is for, and what they knew. */
async function aboutOf(tx: TxCtx, message: ToPerson, all: readonly RdvRecipient[], toldId: number) {
  const [concerned, before] = [await listConcerned(tx, message), await findKnownBefore(tx, message)]
  const { news } = message
  return { forNames: namesFor(all, concerned, { toldId, news }), before }
}

/** Whom of the RDV the agenda at this address keeps it for. */
function agendaOf(all: readonly RdvRecipient[], address: string, toldId: number): Omit<Invited, 'to'> {
  const coming = stillComingBy(all, address)
  const ids = coming.map(({ participationId }) => participationId)
  return { isKept: coming.length > 0, forNames: namesFor(coming, ids, { toldId, news: 'created' }) }
}

/** What is being told since may be unsaid: a reminder waits until it has left, and then has nothing to say. */
async function waitForNews(tx: TxCtx, { id: messageId, state }: ToPerson): Promise<void> {
  const at = new Date(tx.now.getTime() + JUDGED_AGAIN_MS)
  await setMessageState(tx, messageId, { from: [state], state: 'waiting', failure: null })
  await askAgainAt(tx, messageId, { at, sinceMs: at.getTime() })
}

/** Whether the hours of its territory closed before it could leave: it leaves as they open again. */
async function isPutOff(tx: TxCtx, message: ToPerson): Promise<boolean> {
  if (!areHoursJudged(message, tx.now)) return false
  const at = await whenItLeaves(tx, message)
  if (at > tx.now) await putMessageOff(tx, message.id, at)
  return at > tx.now
}

type Written = {
  rdv: OwnRdv
  /** The same, as the words of the message say it. */
  asKnown: OwnRdv
  others: readonly OwnRdv[]
  forNames: readonly string[]
  before: KnownBefore
  told: Pick<RdvRecipient, 'toldId' | 'isOwnEmail'>
  inAgenda: Omit<Invited, 'to'>
  route: SmsRoute | null
  words: Awaited<ReturnType<typeof loadWording>>
}

/** A cancellation is of use as long as somebody may be on their way at the time they know. */
const usefulUntil = (news: News, startsAt: Date, previousStartsAt: Date | null): Date =>
  news === 'cancelled' && previousStartsAt && previousStartsAt > startsAt ? previousStartsAt : startsAt

/** Its words, from what the RDV is at this moment; with the other dates of its series, when it is the first of them. */
function write(
  message: ToPerson,
  { rdv, asKnown, others, told, inAgenda, route, words: { wording, from }, forNames, before }: Written,
): Ready {
  const { news, previousStartsAt, recipient, key } = message
  const untilAt = usefulUntil(news, rdv.startAt, previousStartsAt)
  const one = { messageId: message.id, attempt: message.attempts + 1, untilAt }
  const what = { forNames, before: news === 'moved' ? before : null, others: others.map(factsOf) }
  const facts = { ...factsOf(asKnown), ...what, previousStartsAt }
  if (route) {
    const sms = { to: recipient, text: smsOf(news, facts, wording).text, sender: route.sender, key }
    return { ...one, sms, gateways: route.gateways }
  }
  const calendar = invitationOf(inAgenda.isKept ? rdv : asKnown, others, { to: recipient, ...inAgenda })
  // Whoever typed an address for one RDV has no say over the file it was found to be of.
  const stopPath = told.isOwnEmail ? consentPathOf(told.toldId, recipient) : `${linkPathOf(rdv.linkId)}/messages`
  const stopUrl = `${env().APP_URL}${stopPath}`
  const mail = mailOf(news, facts, { wording, stopUrl })
  const replyTo = from.replyTo ?? inboundAddress('mail-replies', message.id)
  return { ...one, mail: { to: recipient, key, stopUrl, ...from, replyTo, ...mail, calendar } }
}
