/** A code lasts this long (RFC 6238)… */
export const STEP_SEC = 30
/** …and is taken one step early or late: clocks differ. */
const DRIFT_STEPS = 1
export const RECOVERY_CODE_COUNT = 10
const RECOVERY_CODE_LENGTH = 10

/** Whom a second factor protects. */
export type FactorOwner = { readonly kind: 'agent' | 'super-admin'; readonly id: number }

/** Names the owner: what is sealed, hashed or counted for one is worth nothing for another. */
export const placeOf = ({ kind, id }: FactorOwner): string => `${kind}|${String(id)}`

/** A second factor taken away by the support, as its agent reads it back; no reason once the ledger's values are purged. */
export type FactorRemoval = {
  readonly eventId: number
  readonly at: Date
  readonly by: string
  readonly reason: string | null
}

/** Half-minutes since 1970. */
export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SEC)

/** Steps whose code may be accepted at `now`, the likeliest first; never the last one accepted, nor one before it. */
export const acceptableSteps = (now: Date, lastStep: number): number[] => {
  const step = stepOf(now)
  return [step, step - DRIFT_STEPS, step + DRIFT_STEPS].filter((one) => one > lastStep)
}

export type TypedCode = { readonly kind: 'totp' | 'recovery'; readonly code: string }

/** What was typed, spaces and dashes aside: six digits of a telephone, a recovery code, or nothing of the kind. */
export function readCode(typed: string): TypedCode | null {
  const code = typed.replace(/[\s.-]/gu, '').toUpperCase()
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code }
  return code.length === RECOVERY_CODE_LENGTH && /^[A-Z0-9]+$/.test(code) ? { kind: 'recovery', code } : null
}

/** 32 signs nobody takes for another. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** « ABCDE-23456 » out of ten random bytes: 50 bits. */
export function recoveryCodeOf(bytes: readonly number[]): string {
  const signs = bytes.slice(0, RECOVERY_CODE_LENGTH).map((byte) => SIGNS.charAt(byte % SIGNS.length))
  return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`
}

export const BYTES_PER_RECOVERY_CODE = RECOVERY_CODE_LENGTH

/** How long somebody whose password was right has to give the code. */
export const PENDING_MIN = 10
