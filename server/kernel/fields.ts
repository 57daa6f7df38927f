import * as z from 'zod'

/** Identity of a record, from a URL or a form: a positive whole number that fits in a double. */
export const idField = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)

/** A token that says which row it is of, as platform/tokens.ts writes them. */
export const signedIdField = z.string().regex(/^[0-9a-z]{1,10}-[\w-]{20}$/)

/** Trimmed, inner white space folded to one space, no control characters. */
export const nameField = (maxLength = 100) =>
  z
    .string()
    .transform((value) => value.replace(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, 'missing')
        .max(maxLength, 'too-long')
        .regex(/^[\p{L}\p{M}][\p{L}\p{M}\p{N} .,'’()/-]*$/u, 'not-a-name'),
    )

/** A text as the database takes it: without NUL, nor half a character. */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

/** Free text, trimmed. */
export const textField = (maxLength: number) =>
  z.string().transform(storable).pipe(z.string().trim().max(maxLength, 'too-long'))

/** Words looked for. PostgreSQL holds no NUL character: it is dropped rather than looked for. */
export const searchField = textField(100)

/** A page of a list, from 1. */
export const pageField = z.int().min(1).max(1000)

/** E-mail address, lower case; the empty string means none. */
export const emailField = z.string().trim().toLowerCase().max(254, 'too-long').pipe(z.email('not-an-email'))

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isCivilDay(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const last = month === 2 && !isLeap ? 28 : (DAYS_IN_MONTH[month - 1] ?? 0)
  return year > 0 && day >= 1 && day <= last
}

/** A day of the calendar that exists: 'YYYY-MM-DD'. */
export const civilDayField = z.string().refine(isCivilDay, 'not-a-day')

/** INSEE code of a commune: 5 characters, Corsica included. */
export const cityCodeField = z.string().regex(/^(\d{5}|2[AB]\d{3})$/, 'not-a-commune')
