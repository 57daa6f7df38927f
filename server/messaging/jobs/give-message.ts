import type { SmsRoute } from '@/server/directory/queries/sms'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { log } from '@/server/platform/log'
import { deliverMail, fateOf, sendMail, type Mail } from '@/server/platform/mail'
import { inboundAddress } from '@/server/platform/mail-in/addresses'
import { leaves, prefixed } from '@/server/platform/outgoing'
import { captureSms } from '@/server/platform/sms/capture'
import { deliverInOrder, mayRepeat } from '@/server/platform/sms/deliver'
import type { OutgoingSms } from '@/server/platform/sms/fate'
import { afterPutOff, type Again } from '../rules/asking-again'
import { MAX_ATTEMPTS } from '../rules/sending'
import { askAgainAt, lockMessage, setMessageState, type MessageState } from '../store'
import { tryOtherChannel } from './other-channel'
import { onWaitingUntold } from './waiting-message'

/** `attempt`: which one this is, from 1. `untilAt`: after which it is of no use, of what tells of an RDV or offers one. */
type One = { messageId: number; attempt: number; untilAt?: Date | undefined }
export type ByMail = One & { mail: Mail }
export type BySms = One & { sms: OutgoingSms; gateways: SmsRoute['gateways'] }
export type Ready = ByMail | BySms

/** `sinceMs`: since when it has tried to leave. `nowAt`: the clock. */
type How = { sinceMs: number; nowAt: () => Date }

const SENT = { state: 'sent', failure: null } as const satisfies MessageState
const WAITING = { state: 'waiting', failure: null } as const satisfies MessageState
const UNCERTAIN = { state: 'uncertain', failure: null } as const satisfies MessageState
const REFUSED = { state: 'failed', failure: 'refused' } as const satisfies MessageState
const GAVE_UP = { state: 'failed', failure: 'gave-up' } as const satisfies MessageState
const TOO_LATE = { state: 'dropped', failure: 'too-late' } as const satisfies MessageState

/**
 * Gives a message that is `sending` to its server or gateway, while it is of use; captures it where nothing leaves. Throws when a
 * mail server asks to come back later.
 */
export async function giveMessage(ctx: Ctx, ready: Ready, how: How): Promise<void> {
  if (isTooLate(ready, how)) await settle(ctx, ready.messageId, TOO_LATE)
  else if (!leaves('mail' in ready ? ready.mail.to : ready.sms.to)) await keep(ctx, ready)
  else await ('mail' in ready ? leaveByMail(ctx, ready, how) : leaveBySms(ctx, ready, how))
}

const withinMsOf = ({ untilAt }: One, { nowAt }: How): number =>
  untilAt ? untilAt.getTime() - nowAt().getTime() : Infinity

const isTooLate = (one: One, how: How): boolean => withinMsOf(one, how) <= 0

async function leaveByMail(ctx: Ctx, one: ByMail, how: How): Promise<void> {
  const { messageId, attempt, mail } = one
  try {
    const withinMs = withinMsOf(one, how)
    await deliverMail({ ...mail, returnTo: inboundAddress('mail-returns', messageId) }, { withinMs })
  } catch (error) {
    const later = isTooLate(one, how) ? TOO_LATE : attempt < MAX_ATTEMPTS ? WAITING : GAVE_UP
    const next = { refused: REFUSED, later, unknown: UNCERTAIN }[fateOf(error)]
    await settle(ctx, messageId, next)
    if (next === WAITING) throw error
    return
  }
  await settle(ctx, messageId, SENT)
}

async function leaveBySms(ctx: Ctx, one: BySms, how: How): Promise<void> {
  const { messageId, attempt, sms, gateways, untilAt } = one
  const text = prefixed(sms.text)
  const withinMs = withinMsOf(one, how)
  const { fate, gateway, isAsked } = await deliverInOrder(gateways, { ...sms, text }, { withinMs })
  const isRepeated = fate.fate === 'unknown' && mayRepeat(gateways)
  const isPutOff = fate.fate === 'later' || fate.fate === 'denied'
  if (isPutOff && isTooLate(one, how)) return void (await settle(ctx, messageId, TOO_LATE))
  if (isPutOff || isRepeated) {
    const retryInSec = fate.fate === 'later' ? (fate.retryInSec ?? null) : null
    const putOff = {
      messageId,
      attempt,
      isAsked,
      retryInSec,
      sinceMs: how.sinceMs,
      untilMs: untilAt?.getTime() ?? null,
    }
    const { attempts, again } = afterPutOff(putOff, ctx.now)
    log().warn({ messageId, fate: fate.fate, attempts, isAsked, isGivenUp: !again }, 'an SMS was put off')
    const next = again ? WAITING : isRepeated ? { ...UNCERTAIN, gateway } : GAVE_UP
    await settle(ctx, messageId, { ...next, attempts }, again)
    return
  }
  const next = { sent: SENT, refused: REFUSED, unknown: UNCERTAIN }[fate.fate]
  const gatewayReference = fate.fate === 'sent' ? fate.reference : null
  await settle(ctx, messageId, { ...next, gateway, gatewayReference })
}

/** `again`: of an SMS that waits, which has a job anew. Whoever asked knows, even when another job has meanwhile found the message in doubt. */
const settle = (ctx: Ctx, messageId: number, to: MessageState, again: Again | null = null) =>
  inTransaction(ctx, async (tx) => {
    const isHeld = await setMessageState(tx, messageId, { from: ['sending'], ...to })
    // Found in doubt by another job, which ended: of those that wait, it is asked again by a job of its own.
    const isSettled = isHeld || (await setMessageState(tx, messageId, { from: ['uncertain'], ...to }))
    const next = isHeld ? again : (again ?? { at: ctx.now, sinceMs: ctx.now.getTime() })
    if (isSettled && to.state === 'waiting' && next) await askAgainAt(tx, messageId, next)
    if (isSettled && to.state === 'failed') await tryOtherChannel(tx, messageId)
    if (isSettled && to.state === 'dropped') await passOn(tx, messageId)
    return done(null)
  })

/** A slot offered too late goes to the next. */
async function passOn(tx: TxCtx, messageId: number): Promise<void> {
  const message = await lockMessage(tx, messageId)
  if (message) await onWaitingUntold(tx, message)
}

/** What is kept here is kept with its state, or not at all: a crash leaves it to be kept, once. */
async function keep(ctx: Ctx, ready: Ready): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if (!(await setMessageState(tx, ready.messageId, { from: ['sending'], ...SENT }))) return done(null)
    await ('mail' in ready ? sendMail(tx.db, ready.mail) : captureSms(tx.db, ready.sms))
    return done(null)
  })
}
