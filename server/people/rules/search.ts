import { fold } from '@/server/kernel/text'
import type { ParsedPhone } from './fields'

/** What somebody typed to find a person: names in whatever order, with a birth date or not; or a phone number, or an e-mail. */
export type PeopleSearch =
  | { kind: 'names'; words: readonly string[]; bornOn: string | null }
  | { kind: 'phone'; e164: string }
  | { kind: 'email'; prefix: string }

/** Most people one search gives. */
export const MAX_FOUND = 20

const MIN_LETTERS = 2
const MAX_WORDS = 6
const DATE = /(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/.-])/

/** Null while too little is typed to look for anybody: a list of people is never browsed (domain §8.6). */
export function parseSearch(typed: string, parsePhone: (typed: string) => ParsedPhone | null): PeopleSearch | null {
  const text = typed.trim()
  if (text.includes('@')) {
    const prefix = text.toLowerCase()
    return prefix.indexOf('@') >= MIN_LETTERS ? { kind: 'email', prefix } : null
  }
  const phone = parsePhone(text)
  if (phone) return { kind: 'phone', e164: phone.e164 }
  const date = DATE.exec(text)
  const words = fold(text.replace(DATE, ' '))
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
  const bornOn = date && `${date[3] ?? ''}-${pad(date[2])}-${pad(date[1])}`
  const isEnough = words.some((word) => word.length >= MIN_LETTERS) || (bornOn !== null && words.length > 0)
  return isEnough ? { kind: 'names', words, bornOn } : null
}

const pad = (digits = ''): string => digits.padStart(2, '0')
