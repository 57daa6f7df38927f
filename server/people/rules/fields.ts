import { civilDayField } from '@/server/kernel/fields'

/** What is wrong with one thing typed about a person. */
export type FieldError =
  | 'missing'
  | 'too-long'
  | 'not-a-name'
  | 'not-an-email'
  | 'not-a-phone'
  | 'contact-missing'
  | 'not-a-mobile'
  | 'not-a-day'
  | 'in-the-future'
  | 'too-old'

export type ParsedPhone = { e164: string; isMobile: boolean }

export type Field<T> = { ok: true; value: T } | { ok: false; error: FieldError }

/** Oldest birth date believed, years (domain §1.7). */
const OLDEST_YEARS = 130
const MAX_ADDRESS_LENGTH = 300

const KNOWN_ERRORS: readonly string[] = [
  'missing',
  'too-long',
  'not-a-name',
  'not-an-email',
  'not-a-day',
] satisfies FieldError[]
const isFieldError = (text: string): text is FieldError => KNOWN_ERRORS.includes(text)

type Parser = {
  safeParse: (
    value: unknown,
  ) => { success: true; data: string } | { success: false; error: { issues: readonly { message: string }[] } }
}

/** What a parser of the kernel makes of a text; `otherwise` when its message is none of ours. */
export function parseField(parser: Parser, typed: string, otherwise: FieldError): Field<string> {
  const result = parser.safeParse(typed)
  if (result.success) return { ok: true, value: result.data }
  const message = result.error.issues[0]?.message ?? ''
  return { ok: false, error: isFieldError(message) ? message : otherwise }
}

/** A birth date 'YYYY-MM-DD', neither after `today` nor 130 years before it. */
export function birthDateField(typed: string, today: string): Field<string> {
  const day = parseField(civilDayField, typed, 'not-a-day')
  if (!day.ok) return day
  if (day.value > today) return { ok: false, error: 'in-the-future' }
  const oldest = `${String(Number(today.slice(0, 4)) - OLDEST_YEARS)}${today.slice(4)}`
  return day.value < oldest ? { ok: false, error: 'too-old' } : day
}

/** An address on one line. */
export function addressField(typed: string): Field<string> {
  if (typed === '') return { ok: false, error: 'missing' }
  if (typed.length > MAX_ADDRESS_LENGTH) return { ok: false, error: 'too-long' }
  return { ok: true, value: typed.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() }
}
