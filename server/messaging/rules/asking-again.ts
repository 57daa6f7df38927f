import { MAX_ATTEMPTS } from './sending'

const SEC_MS = 1000
const MINUTE_MS = 60 * SEC_MS
const HOUR_MS = 60 * MINUTE_MS

/** Longest a gateway is believed when it says when to come back. */
const LONGEST_SAID_MS = 6 * HOUR_MS

/** Of an SMS no gateway is asked for: how long it waits at first and at most, and how long in all, as all its attempts would take. */
const UNASKED = { firstMs: MINUTE_MS, longestMs: 15 * MINUTE_MS, inAllMs: 3.5 * HOUR_MS }

type PutOff = {
  messageId: number
  /** Which attempt it is, from 1, if it is one. */
  attempt: number
  /** Whether any gateway was asked: silent or slow, it may have been left alone. */
  isAsked: boolean
  /** When the gateway says it may be asked again. */
  retryInSec: number | null
  /** Since when it would have left, had a gateway taken it. */
  sinceMs: number
  /** After which it is of no use; null when it always is. */
  untilMs: number | null
}

/** When it is asked for again, and since when it will then have been trying to leave. */
export type Again = { at: Date; sinceMs: number }

/**
 * What becomes of an SMS that surely has not left: `again` null, it is given up, while there is time to tell the person
 * otherwise. A gateway that is not asked is no attempt: it waits a minute, then half as long as it has waited, up to a quarter of
 * an hour, for three hours and a half. Asked, each attempt waits longer than the one before, or as long as the gateway says,
 * which is no waiting of ours. Those put off together come back apart.
 */
export function afterPutOff(putOff: PutOff, now: Date): { attempts: number; again: Again | null } {
  const { attempt, isAsked, untilMs } = putOff
  const again = isAsked ? againAsked(putOff, now.getTime()) : againUnasked(putOff, now.getTime())
  const isOfUse = again !== null && (untilMs === null || again.at.getTime() < untilMs)
  return { attempts: isAsked ? attempt : attempt - 1, again: isOfUse ? again : null }
}

function againAsked({ messageId, attempt, retryInSec, sinceMs }: PutOff, nowMs: number): Again | null {
  if (attempt >= MAX_ATTEMPTS) return null
  if (retryInSec === null) return { at: new Date(nowMs + Math.exp(attempt) * SEC_MS * spread(messageId)), sinceMs }
  const atMs = nowMs + Math.min(retryInSec * SEC_MS, LONGEST_SAID_MS)
  return { at: new Date(atMs), sinceMs: atMs }
}

function againUnasked({ messageId, sinceMs }: PutOff, nowMs: number): Again | null {
  const waitMs = Math.min(Math.max((nowMs - sinceMs) / 2, UNASKED.firstMs), UNASKED.longestMs) * spread(messageId)
  return nowMs + waitMs <= sinceMs + UNASKED.inAllMs ? { at: new Date(nowMs + waitMs), sinceMs } : null
}

const GOLDEN_RATIO = 0.618_033_988_75

/** Between 0.9 and 1.1, the same for the same message, and far apart for those whose numbers follow. */
const spread = (messageId: number): number => 0.9 + 0.2 * ((messageId * GOLDEN_RATIO) % 1)
