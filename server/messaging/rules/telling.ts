import type { MESSAGE_CHANNELS, MESSAGE_NEWS } from '@/db/schema/messaging'
import type { Recipient } from '@/server/booking/queries/recipients'

export type News = (typeof MESSAGE_NEWS)[number]
export type Channel = (typeof MESSAGE_CHANNELS)[number]

/**
 * An RDV as one person is to know it. `isOn`: it stands, and they are still of it. `title`: of a session, '' without one;
 * `agentIds`: in order, of a motif by which somebody is followed. Each is null where messages do not say it, as of a
 * confidential motif, or where nobody knows whether they did.
 */
export type Known = {
  isOn: boolean
  startsAt: Date
  endsAt: Date
  lieuId: number | null
  title: string | null
  agentIds: readonly number[] | null
}

/**
 * A change waits this long for another: several make one message, and none when they cancel out; but no longer than `atMostMs`,
 * when others follow again and again.
 */
export const SETTLING = { byMs: 2 * 60_000, atMostMs: 10 * 60_000 } as const

/**
 * What a person is to be told, from what they know: nothing once the RDV has begun (domain §5.1), nor of a change that
 * was undone meanwhile. One told of a cancellation is told anew when it stands again. Moved into the past, an RDV whose
 * time is still to come for them is cancelled for them: nobody is to come then. Moved to earlier the same day, it is that
 * they came early.
 */
export function newsFor(told: Known | null, current: Known, now: Date): News | null {
  if (current.startsAt <= now) {
    const isAwaited = told?.isOn === true && told.startsAt > now
    return isAwaited && !cameEarly(current, now) ? 'cancelled' : null
  }
  if (!current.isOn) return told?.isOn ? 'cancelled' : null
  if (!told?.isOn) return 'created'
  return isSame(told, current) ? null : 'moved'
}

/** What decides when and where somebody goes, and how long they stay. */
export const DECISIVE = ['startsAt', 'endsAt', 'lieuId'] as const satisfies readonly (keyof Known)[]

const isSameOuting = (one: Known, other: Known): boolean =>
  DECISIVE.every((what) => one[what]?.valueOf() === other[what]?.valueOf())

/**
 * Whether somebody who can be told of it by no message need not be called: a title or an agent alone changed, and they may come
 * all the same.
 */
export const areWordsAlone = (since: Known | null, current: Known): boolean =>
  since?.isOn === true && current.isOn && isSameOuting(since, current)

/**
 * What a person was told. `before`: what they knew until then; still what they know while `isUnheard`: it waits to leave, or
 * was dropped. `isUntold`: no message of it is known to have arrived, and nobody has said that they told them otherwise.
 */
export type Said = { said: Known | null; before: Known | null; isUnheard: boolean; isUntold: boolean }

/** What there is to say. `since`: what its person knows meanwhile. `news` null: what they have not heard is to be unsaid, and nothing said. */
export type Word = { news: News | null; since: Known | null }

/**
 * What is to be said of an RDV, if anything. While nobody has heard the last word, it is as if nobody had said it: whoever is told
 * in the morning hears what has become of the RDV since they last heard of it, and nothing when it is what they know. Likewise of a
 * title or an agent that changes while somebody is still to call: for that other time, of which nobody would call any more.
 */
export function wordFor({ said, before, isUnheard, isUntold }: Said, current: Known, now: Date): Word | null {
  const news = newsFor(said, current, now)
  if (news === null) return null
  const isToCall = isUntold && said !== null && !areWordsAlone(before, said)
  const since = isUnheard || (isToCall && areWordsAlone(said, current)) ? before : said
  return { news: newsFor(since, current, now), since }
}

const EARLY_MS = 12 * 60 * 60_000
const cameEarly = ({ isOn, startsAt }: Known, now: Date): boolean =>
  isOn && now.getTime() - startsAt.getTime() < EARLY_MS

const isSame = (one: Known, other: Known): boolean =>
  isSameOuting(one, other) &&
  isSameSaid(one.title, other.title) &&
  isSameSaid(one.agentIds?.join(), other.agentIds?.join())

/** What is not said, now or then, makes no news. */
const isSameSaid = (one: string | null | undefined, other: string | null | undefined): boolean =>
  one == null || other == null || one === other

/** A worker that has much to do is this late. */
const LATE_MS = 60_000

/** Whether a change may wait for another: not when the RDV, as they know it or as it is, begins meanwhile, and nothing would be said. */
export const maySettle = (since: Known | null, current: Known, now: Date): boolean =>
  [since, current].every((one) => {
    const aheadMs = one ? one.startsAt.getTime() - now.getTime() : 0
    return aheadMs <= 0 || aheadMs > SETTLING.byMs + LATE_MS
  })

/** Those of an RDV, as a message to one of them names them. */
type Named = Pick<Recipient, 'notifiesReminder'> & {
  participationId: number
  usagerId: number
  toldId: number
  firstName: string
}

/**
 * First names of those a message is for, when who is told is not alone of them or not one of them; else nobody. Never those of
 * another family of the same RDV, and so nobody's of a confidential one: each is told of themselves there (house §10.8).
 * Nobody's either when one of them is no name to say. `concerned`: the participations it tells of; of a reminder, those to be reminded among them.
 */
export function namesFor(
  all: readonly Named[],
  concerned: readonly number[],
  { toldId, news }: { toldId: number; news: News },
): string[] {
  const people = all.filter(
    (one) =>
      one.toldId === toldId && concerned.includes(one.participationId) && (news !== 'reminder' || one.notifiesReminder),
  )
  const isPlain = people.every(({ usagerId }) => usagerId === toldId)
  return isPlain || !people.every(({ firstName }) => isSayable(firstName))
    ? []
    : people.map(({ firstName }) => firstName)
}

/**
 * Whether a first name goes into a message: letters, and few of them. Anybody types one for a proche, and a number that is not
 * theirs: an address or a sum of money would reach somebody in the name of the administration.
 */
const isSayable = (firstName: string): boolean => /^[\p{L}\p{M} '’-]{1,25}$/u.test(firstName)

/** By mail and by SMS, as they consented; who cancels themselves needs no SMS to know it (domain §5.2). */
export function channelsFor(
  news: News,
  { mobile, email }: Pick<Recipient, 'mobile' | 'email'>,
  { isOwnDoing }: { isOwnDoing: boolean },
): Channel[] {
  const sms = mobile !== null && !(news === 'cancelled' && isOwnDoing)
  return [...(email === null ? [] : (['mail'] as const)), ...(sms ? (['sms'] as const) : [])]
}
