import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'

/** Numbering plans tried in this order (domain §1): mainland France, then overseas. */
const PLANS: readonly CountryCode[] = ['FR', 'GP', 'GF', 'MQ', 'RE', 'YT']

/** Where a French number may be of: these, and what shares a plan with them or is too far for a national form. */
const FRENCH: ReadonlySet<string> = new Set([...PLANS, 'BL', 'MF', 'NC', 'PF', 'PM', 'WF'])

export type Phone = { readonly e164: string; readonly isMobile: boolean }

/** A number as a person types it → E.164, or null when no French or overseas plan knows it (nor a foreign one, given with its +). */
export function parsePhone(typed: string): Phone | null {
  if (typed.length > 30) return null
  for (const plan of PLANS) {
    const number = parsePhoneNumberFromString(typed, plan)
    if (!number?.isValid()) continue
    const type = number.getType()
    return { e164: number.number, isMobile: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' }
  }
  return null
}

/**
 * As `parsePhone`, of what the public types online: SMS abroad cost more, and whoever types the number may earn by them, so
 * that a foreign mobile is a number to call, as a landline is.
 */
export function parseOnlinePhone(typed: string): Phone | null {
  const phone = parsePhone(typed)
  return phone && { ...phone, isMobile: takesSms(phone.e164, false) }
}

/** Whether SMS leave for a number: a French mobile, or a foreign one that somebody vouches for. `e164` as `parsePhone` writes it. */
export const takesSms = (e164: string, isVouchedFor: boolean): boolean =>
  parsePhone(e164)?.isMobile === true && (isVouchedFor || isFrench(e164))

/** Whether a number is of a French plan, overseas included. `e164` as `parsePhone` writes it. */
export const isFrench = (e164: string): boolean => FRENCH.has(parsePhoneNumberFromString(e164)?.country ?? '')
