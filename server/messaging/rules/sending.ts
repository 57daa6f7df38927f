import type { MESSAGE_FAILURES } from '@/db/schema/messaging'
import type { Recipient } from '@/server/booking/queries/recipients'
import { isCancelled, type Status } from '@/server/booking/rules/status'
import { isLate } from '@/server/booking/rules/sending-hours'
import type { Channel, News } from './telling'

export type Failure = (typeof MESSAGE_FAILURES)[number]

/**
 * Attempts at one message that a server puts off, each after a longer wait than the one before: about three hours and a half
 * in all. Then somebody is asked to tell the person otherwise, while it is still of use.
 */
export const MAX_ATTEMPTS = 10

/**
 * Tries of the job of one message, over about ten hours: one more than a mail server is asked, for what goes wrong before it is.
 * An SMS that is put off has a job anew, and its own count of attempts.
 * Then the job is dead, and its message is queued anew once, with as many; then it is given up.
 */
export const JOB_TRIES = MAX_ATTEMPTS + 1

/**
 * Of messages that may leave, whose come first: a slot is held while its person is not told, a reminder is two days early.
 * Reactions, and the codes people wait for, come before them all.
 */
const PRIORITY = { offer: 1, news: 5, reminder: 10 }
type Prior = { reminderId?: number | null | undefined; offerId?: number | null | undefined }
export const priorityOf = ({ reminderId, offerId }: Prior): number =>
  reminderId ? PRIORITY.reminder : offerId ? PRIORITY.offer : PRIORITY.news

/** How long a message without a job is left alone. */
const DEAD_AFTER_MS = 10 * 60_000

/** Before which a message was to leave, and was last seen, for its job to be looked for. */
export const deadBefore = (now: Date): Date => new Date(now.getTime() - DEAD_AFTER_MS)

/** What a person did is confirmed at once, whatever the hour, for so long: then they sleep. */
const AWAKE_MS = 10 * 60_000
export const isAwake = (doneAt: Date, now: Date): boolean => now.getTime() - doneAt.getTime() <= AWAKE_MS

type Timed = { channel: Channel; leavesAt: Date | null; createdAt: Date }

/** Of their own doing, and told of it: such a message waits for no hour. */
export const isOfOwnDoing = ({ leavesAt }: Pick<Timed, 'leavesAt'>): boolean => leavesAt === null

/**
 * Whether the hours are to be judged again, as a message leaves: it is later than was meant. A mail of what somebody did
 * themselves wakes nobody.
 */
export const areHoursJudged = (message: Timed, now: Date): boolean =>
  isOfOwnDoing(message) ? message.channel === 'sms' && !isAwake(message.createdAt, now) : isLate(message.leavesAt, now)

type Judged = {
  news: News
  channel: Channel
  version: number
  knownVersion: number | null
  /** Whether they were told anything since this one was written. */
  isToldSince: boolean
  /** Of a change: whether it is one still, of what messages say now. */
  isNews: boolean
  /** When they thought it was. */
  previousStartsAt: Date | null
}
type RdvNow = { startAt: Date; rdvStatus: Status; participationStatus: Status }

/**
 * Why a message is no longer to be sent, at the moment it would be: the RDV has begun, also as they know it when it is
 * cancelled; something newer was told of it, or it says what is no longer true; the person asked to be left alone, or can
 * no longer be reached so.
 */
export function whyDrop(message: Judged, rdv: RdvNow, recipient: Recipient, now: Date): Failure | null {
  const isAhead = rdv.startAt > now
  const isAwaited = message.news === 'cancelled' && message.previousStartsAt !== null && message.previousStartsAt > now
  if (!isAhead && !isAwaited) return 'too-late'
  const isOn = isAhead && !isCancelled(rdv.rdvStatus) && !isCancelled(rdv.participationStatus)
  const isReminder = message.news === 'reminder'
  // Whoever was told nothing yet may be reminded all the same, and of what was undone; of another time, they hear of the change first.
  const isOvertaken = isReminder
    ? message.isToldSince || message.previousStartsAt?.getTime() !== rdv.startAt.getTime()
    : message.version !== message.knownVersion
  if (isOn !== (message.news !== 'cancelled') || isOvertaken || !message.isNews) return 'obsolete'
  const isWished = isReminder ? recipient.notifiesReminder : recipient.notifiesLifecycle
  return isWished && reachedBy(message.channel, recipient) !== null ? null : 'muted'
}

/** Where a person is reached by this channel; null when they are not. */
export const reachedBy = (channel: Channel, { email, mobile }: Pick<Recipient, 'email' | 'mobile'>): string | null =>
  channel === 'mail' ? email : mobile

export const otherChannel = (channel: Channel): Channel => (channel === 'mail' ? 'sms' : 'mail')
