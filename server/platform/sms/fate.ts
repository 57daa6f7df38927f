/** `key`: the same for the same message, however often it is sent. `to`: E.164. */
export type OutgoingSms = {
  readonly to: string
  readonly text: string
  readonly sender: string
  readonly key: string
}

/**
 * The `key` of an SMS that no row keeps, and whose receipt tells nobody anything: a code to sign in, a trial of a gateway.
 */
export const unfollowedKey = (of: 'code' | 'trial', id: string | number): string => `${of}-${String(id)}`

/** Whether a receipt is of one of those, by its key. */
export const isUnfollowedKey = (key: string): boolean => /^(?:code|trial)-[0-9a-f-]{1,40}$/i.test(key)

/**
 * What became of an SMS: `sent`, with the gateway's own reference; `refused`, for good: that number will never do;
 * `denied`: the gateway refuses us, not the number (credentials, credit, settings); `later`: surely nothing left;
 * `unknown`: it may have.
 */
export type Fate =
  | { readonly fate: 'sent'; readonly reference: string | null }
  | {
      readonly fate: 'later'
      /** When the gateway asks to be asked again, if it says. */ readonly retryInSec?: number | null
    }
  | { readonly fate: 'refused' | 'denied' | 'unknown' }

export const REFUSED = { fate: 'refused' } as const
export const DENIED = { fate: 'denied' } as const
export const LATER = { fate: 'later' } as const
export const UNKNOWN = { fate: 'unknown' } as const

/**
 * What a status that is no success says, when the gateway's own words do not say more. 429 and 503 say that it did not take
 * the message. An accident (500) may have come after it was queued; 502 and 504 are those of a machine in front of it, which
 * gave it the message and heard nothing.
 */
export function fateOfStatus(status: number, retryInSec: number | null = null): Fate {
  if (status === 429 || status === 503) return { fate: 'later', ...(retryInSec !== null && { retryInSec }) }
  return status >= 300 && status < 500 && status !== 408 ? DENIED : UNKNOWN
}

/** What an answer says, read as JSON; null when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

const MAX_REFERENCE = 100

/** A gateway's reference as it is kept; null when it is none. */
export function referenceOf(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  return (
    String(value)
      .replaceAll(/[\u0000-\u001f]/g, '')
      .toWellFormed()
      .slice(0, MAX_REFERENCE) || null
  )
}
