import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { env } from './env'

export type TokenPurpose =
  | 'rdv-link'
  | 'waitlist-entry'
  | 'waitlist-offer'
  | 'calendar-feed'
  | 'sign-in'
  | 'reset-password'
  | 'invitation'
  | 'email-change'
  | 'account-link'
  | 'message-choices'
  | 'sms-replies'
  | 'sms-receipts'
  | 'mail-replies'
  | 'mail-returns'

/** Characters of a token: 20 of base64url, 120 bits. */
const TOKEN_LENGTH = 20
/** The same in hexadecimal. */
const FOLDED_LENGTH = 30

/**
 * The token of a row: recomputed when a message is sent, so that neither the database, a job nor an event ever
 * holds it. Another `version` is another token for the same row.
 */
export function tokenOf(purpose: TokenPurpose, rowId: number, version: number | string = 1): string {
  const mac = createHmac('sha256', env().APP_SECRET)
    .update(`${purpose}|${String(rowId)}|${String(version)}`)
    .digest('base64url')
  return mac.slice(0, TOKEN_LENGTH)
}

/** The six digits of a row, likewise recomputed when they are sent and when they are typed. */
export function codeOf(purpose: 'account-code', rowId: number): string {
  const mac = createHmac('sha256', env().APP_SECRET)
    .update(`code|${purpose}|${String(rowId)}`)
    .digest()
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

/** A token that says which row it is of, for what no row keeps the hash of. */
export const signedId = (purpose: TokenPurpose, rowId: number, version: number | string = 1): string =>
  `${rowId.toString(36)}-${tokenOf(purpose, rowId, version)}`

/** The row of such a token; null when we did not write it. */
export function rowOfSignedId(purpose: TokenPurpose, typed: string): number | null {
  const rowId = rowNamedBy(typed)
  return rowId !== null && isSignedId(purpose, typed, rowId) ? rowId : null
}

/** Whether we wrote this token, for this row and this version. */
export const isSignedId = (purpose: TokenPurpose, typed: string, rowId: number, version: number | string = 1) =>
  isSame(typed, signedId(purpose, rowId, version))

/** The row such a token says it is of, whoever wrote it: only to read the version that proves it. */
export function rowNamedBy(typed: string): number | null {
  const rowId = Number.parseInt(typed.split('-')[0] ?? '', 36)
  return Number.isSafeInteger(rowId) ? rowId : null
}

/** In the same time wherever they differ. */
function isSame(typed: string, right: string): boolean {
  const [given, own] = [Buffer.from(typed), Buffer.from(right)]
  return given.length === own.length && timingSafeEqual(given, own)
}

/** The same for the part of an e-mail address before the @, which servers may fold: small letters and figures, 120 bits. */
export function foldedSignedId(purpose: TokenPurpose, rowId: number): string {
  const mac = createHmac('sha256', env().APP_SECRET).update(`folded|${purpose}|${String(rowId)}`)
  return `${rowId.toString(36)}-${mac.digest('hex').slice(0, FOLDED_LENGTH)}`
}

/** The row of such a token; null when we did not write it. */
export function rowOfFoldedSignedId(purpose: TokenPurpose, typed: string): number | null {
  const rowId = Number.parseInt(typed.split('-')[0] ?? '', 36)
  return Number.isSafeInteger(rowId) && isSame(typed, foldedSignedId(purpose, rowId)) ? rowId : null
}

/** A name for a row that says nothing else of it, the same for ever. */
export const nameOf = (what: string, rowId: number): string =>
  createHmac('sha256', env().APP_SECRET)
    .update(`name|${what}|${String(rowId)}`)
    .digest('base64url')
    .slice(0, TOKEN_LENGTH)

/** What the database keeps of a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** A key for the rate limiter that says nothing about whom it counts. */
export const keyedHash = (value: string): string =>
  createHmac('sha256', env().APP_SECRET).update(`limit|${value}`).digest('base64url').slice(0, 24)

/** What the database keeps of a short secret: whoever has the rows alone cannot try all it may be. */
export const secretHash = (purpose: string, place: string, secret: string): string =>
  createHmac('sha256', env().APP_SECRET).update(`${purpose}|${place}|${secret}`).digest('base64url')
