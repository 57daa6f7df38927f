/** What the person cannot mend by another choice: thrown, and mapped to HTTP in one place per transport. */
export type ErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'rate-limited'
  | 'unavailable'
  /** Somebody in an agent's place wants to change something, and has not turned writing on. */
  | 'read-only'
  /** Somebody in an agent's place wants what is for the agent alone: passwords, secret addresses. */
  | 'in-person'

export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    options?: { cause?: unknown; retryInSec?: number },
  ) {
    super(code, options)
    this.name = 'AppError'
    this.retryInSec = options?.retryInSec ?? null
  }

  /** Seconds to wait before trying again, for `rate-limited`. */
  readonly retryInSec: number | null
}

/** Second beat of a command: throws `forbidden` unless the policy granted it. */
export function allow(granted: boolean): asserts granted {
  if (!granted) throw new AppError('forbidden')
}

/** A record beyond reach and a record that does not exist get the same answer. */
export function found<T>(record: T | null | undefined): T {
  if (record === null || record === undefined) throw new AppError('not-found')
  return record
}
