import type { OFFER_STATES, WAITLIST_ENDS } from '@/db/schema/booking-waitlist'
import type { LocationType } from '@/server/directory/rules/motif'
import { dayOf } from '@/server/kernel/dates'
import { addDays, diffDays, instantMs, MINUTE_MS } from '@/server/scheduling/rules/civil'
import type { Start } from './availability'
import type { Status } from './status'

export type OfferState = (typeof OFFER_STATES)[number]
export type WaitlistEnd = (typeof WAITLIST_ENDS)[number]

/** Offers a person is made in one wait (domain §5.7); one that somebody else was faster to take does not count. */
export const MAX_OFFERS = 3
/** Brought forward by a day, an RDV is hardly worth a message: two days at least (domain §5.7). */
export const EARLIER_BY_DAYS = 2
/** Sooner before its start, a slot is kept for nobody: there is no time to ask one person after the other. */
export const HELD_UNTIL_MIN = 24 * 60
/** Held for less, there would be no time to answer. */
const SHORTEST_HOLD_MIN = 30
/** Such a slot is offered to as many people at once: the first to answer has it. */
export const FIRST_COME_COUNT = 3
/** Waits a person without an RDV may have at once, by one number or e-mail. */
export const MAX_WAITS = 5

export const WAIT_REFUSALS = ['closed', 'not-open', 'not-offered', 'not-reached', 'too-soon'] as const
export type WaitRefusal = (typeof WAIT_REFUSALS)[number]
/** Of who has no RDV, and leaves their coordinates. */
export const JOIN_REFUSALS = [
  'closed',
  'not-offered',
  'not-reached',
  'slots-left',
  'draft-expired',
  'draft-incomplete',
  'too-many-waits',
] as const
export type JoinRefusal = (typeof JOIN_REFUSALS)[number]

export type AwaitableRdv = {
  readonly status: Status
  readonly participationStatus: Status
  readonly startsAt: Date
  readonly isVisible: boolean
  readonly isCollective: boolean
  /** Its motif is booked online. */
  readonly isOfferedOnline: boolean
  /** Its motif is live and nobody's in particular, at a lieu that is open, with one agent, for one family: another slot of it may replace it. */
  readonly isReplaceable: boolean
  /** Somebody is told of this RDV by a mobile or an e-mail: an offer is a message. */
  readonly isReached: boolean
  /** Null: the territory keeps no slot for anybody. */
  readonly holdMin: number | null
  readonly zone: string
}

/**
 * Why nobody may wait for an earlier slot than this RDV; null when they may. By themselves, people wait for what is found
 * online; an agent has them wait for any motif.
 */
export function whyNotWait(
  rdv: AwaitableRdv,
  { now, isByAgent }: { now: Date; isByAgent: boolean },
): WaitRefusal | null {
  if (rdv.holdMin === null) return 'closed'
  const why = whyNotBringForward(rdv)
  if (why) return why
  if (!isByAgent && !rdv.isOfferedOnline) return 'not-offered'
  if (!rdv.isReached) return 'not-reached'
  const daysAhead = diffDays(dayOf(now, rdv.zone), dayOf(rdv.startsAt, rdv.zone))
  return daysAhead >= EARLIER_BY_DAYS ? null : 'too-soon'
}

/** Why an RDV that was waited for is not to move any more: judged again when a slot is offered, and when it is accepted. */
export function whyNotBringForward(
  rdv: Omit<AwaitableRdv, 'holdMin' | 'isReached' | 'isOfferedOnline'>,
): Extract<WaitRefusal, 'not-open' | 'not-offered'> | null {
  if (rdv.status !== 'unknown' || rdv.participationStatus !== 'unknown' || !rdv.isVisible) return 'not-open'
  return rdv.isCollective || !rdv.isReplaceable ? 'not-offered' : null
}

/** Starts offered instead of an RDV are before this instant: two civil days earlier, in its zone. */
export const earlierThanMs = (rdvStartsAt: Date, zone: string): number =>
  instantMs(zone, addDays(dayOf(rdvStartsAt, zone), 1 - EARLIER_BY_DAYS), 0)

export type Waiting = {
  readonly entryId: number
  /** Since they joined, or let an offer pass. */
  readonly sinceMs: number
  readonly offerCount: number
  /** Of their RDV; null: as the motif says. */
  readonly durationMin: number | null
  /** Only starts before this are of use; null when each is. */
  readonly beforeMs: number | null
  /** Starts they were already offered, or could have chosen when they began to wait. */
  readonly seenMs: readonly number[]
  /** They heard nothing of the last offer: none is made before. */
  readonly askFromMs: number | null
}

const FIRST_PAUSE_MS = 15 * MINUTE_MS
const LONGEST_PAUSE_MS = 24 * 60 * MINUTE_MS

/**
 * When whoever never heard of `count` offers, the last settled at `lastMs`, is asked again: a gateway is soon up again, a
 * number that is no good is not, and each offer keeps a slot from the others. A quarter of an hour, twice as long each time,
 * a day at most.
 */
export const askAgainAtMs = (count: number, lastMs: number): number =>
  lastMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, count - 1))

export type Offered = { entryId: number; startMs: number; durationMin: number; isHeld: boolean }

/** Who has waited longest comes first; whoever lets an offer pass lets the others pass too. */
export const inTurn = <One extends Waiting>(waiting: readonly One[]): One[] =>
  [...waiting].sort((a, b) => a.sinceMs - b.sinceMs || a.entryId - b.entryId)

/** The free slots somebody may be offered. */
export type Shown = {
  /** Free starts for an RDV so long, in order; null: as long as the motif says. */
  readonly startsFor: (durationMin: number | null) => readonly Start[]
  /** How many people a start is offered to at this moment, without being held for them. */
  readonly askedAt: (startMs: number) => number
}

/**
 * The offer to make to this person: the earliest free start that is of use to them. Null when there is none. One that starts
 * within a day is held for nobody, and offered to several.
 */
export function offerFor(one: Waiting, { startsFor, askedAt }: Shown, nowMs: number): Offered | null {
  if (!isToAsk(one, nowMs)) return null
  const start = startsFor(one.durationMin).find(
    ({ startMs }) => isOfUse(one, startMs) && (isHeld(startMs, nowMs) || askedAt(startMs) < FIRST_COME_COUNT),
  )
  return start ? { entryId: one.entryId, ...start, isHeld: isHeld(start.startMs, nowMs) } : null
}

const isToAsk = ({ offerCount, askFromMs }: Waiting, nowMs: number): boolean =>
  offerCount < MAX_OFFERS && (askFromMs === null || nowMs >= askFromMs)

const isOfUse = ({ beforeMs, seenMs }: Waiting, startMs: number): boolean =>
  (beforeMs === null || startMs < beforeMs) && !seenMs.includes(startMs)

/**
 * Whether a start that was found for somebody is still theirs to be offered, judged again once nobody else may ask them: they
 * may have let one pass since, and gone behind the others, or have seen this one.
 */
export const isStillFor = (then: Waiting, now: Waiting, startMs: number, nowMs: number): boolean =>
  now.sinceMs === then.sinceMs && now.durationMin === then.durationMin && isToAsk(now, nowMs) && isOfUse(now, startMs)

const isHeld = (startMs: number, nowMs: number): boolean =>
  startMs - nowMs >= (HELD_UNTIL_MIN + SHORTEST_HOLD_MIN) * MINUTE_MS

/** Until when an offer stands: one that is held, never within a day of its start; another, never beyond it. */
export function offerUntil(startsAt: Date, { holdMin, isHeld }: { holdMin: number; isHeld: boolean }, now: Date): Date {
  const lastMs = startsAt.getTime() - (isHeld ? HELD_UNTIL_MIN * MINUTE_MS : 0)
  return new Date(Math.min(lastMs, now.getTime() + holdMin * MINUTE_MS))
}

/**
 * Whether enough is left of an offer to tell of it now: half an hour, or half of what it stands for when that is less. A
 * message that a gateway put off until the end would cost its person an offer they could not answer.
 */
export function isTimeToAnswer({ madeAt, untilAt }: { madeAt: Date; untilAt: Date }, now: Date): boolean {
  const stands = untilAt.getTime() - madeAt.getTime()
  return untilAt.getTime() - now.getTime() >= Math.min(SHORTEST_HOLD_MIN * MINUTE_MS, stands / 2)
}

export const ACCEPT_REFUSALS = ['offer-over', 'slot-gone', 'not-open', 'too-many-open'] as const
export type AcceptRefusal = (typeof ACCEPT_REFUSALS)[number]

/** What a person is told of an offer that is no longer open, when they accept it. */
export const whyOver = (state: OfferState): AcceptRefusal =>
  state === 'taken' || state === 'lost' || state === 'withdrawn' ? 'slot-gone' : 'offer-over'

/**
 * How an offer ends whose time has run out: one that somebody else was faster to take, or that they never heard of, is none
 * of theirs.
 */
export function whyExpired({
  isTold,
  isTaken,
}: {
  isTold: boolean
  isTaken: boolean
}): 'lost' | 'unreached' | 'expired' {
  if (isTaken) return 'lost'
  return isTold ? 'expired' : 'unreached'
}

/** Whether an offer counts among the three: not when they never heard of it, or it went to somebody else while it stood. */
export const countsAs = (state: OfferState): boolean =>
  state === 'accepted' || state === 'declined' || state === 'expired'

/** What the page of an RDV says of an earlier slot. */
export type EarlierSlot = {
  isWaiting: boolean
  /** Why nobody may begin to wait; null when they may, or do already. */
  whyNot: WaitRefusal | null
  /** The slot offered at this moment. */
  offer: { startAt: Date; untilAt: Date; isHeld: boolean } | null
}

/** What a person sees of their wait, by a signed link: whoever holds the phone may be reading. */
export type WaitForUsager = {
  territoryName: string
  /** Null when it must not be named. */
  motifName: string | null
  locationType: LocationType
  placeName: string | null
  placeAddress: string | null
  instructions: string | null
  phone: string | null
  zone: string
  holdMin: number | null
  endedBy: WaitlistEnd | null
  /** Of the RDV to bring forward; null for who has none. */
  rdvStartAt: Date | null
  /** To their RDV's own page, path only. */
  rdvPath: string | null
  offer: { startAt: Date; endAt: Date; isHeld: boolean; untilAt: Date; state: OfferState; path: string } | null
}

/** Those an agent sees on one page. */
export const WAITS_LISTED = 200

/** Somebody who waits, as agents see it. */
export type ListedWait = {
  entryId: number
  /** The RDV to bring forward, and when it is; null for who has none. */
  rdvId: number | null
  rdvStartAt: Date | null
  usagerId: number
  personName: string
  /** Whether the agent may open their file. */
  isFileOpen: boolean
  motifId: number
  motifName: string
  locationType: LocationType
  lieuId: number | null
  placeName: string | null
  organisationName: string
  zone: string
  sinceAt: Date
  /** Offers that counted, the open one among them. */
  offerCount: number
  offer: { startAt: Date; untilAt: Date; isHeld: boolean } | null
  mayWrite: boolean
}
