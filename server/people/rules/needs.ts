import { nameField } from '@/server/kernel/fields'
import { parseField, type Field } from './fields'

/** What receiving somebody asks of a place and of whoever is there. */
export const ACCESSIBILITY_NEEDS = ['wheelchair', 'low-vision', 'hard-of-hearing', 'companion'] as const
export type AccessibilityNeed = (typeof ACCESSIBILITY_NEEDS)[number]

/** What is to be prepared for somebody. Near to health data: only for whoever may open their file. */
export type Needs = {
  /** The language an interpreter is needed in; null when none is. */
  interpreterLanguage: string | null
  accessibilityNeeds: readonly AccessibilityNeed[]
  /** Anything else, in a few words. */
  accessibilityNote: string | null
}

/** Somebody whose file the reader may open, and what to prepare for them. */
export type PersonNeeds = Needs & { usagerId: number }

export const MAX_LANGUAGE_LENGTH = 60
export const MAX_NEED_NOTE_LENGTH = 300

export const hasNeeds = ({ interpreterLanguage, accessibilityNeeds, accessibilityNote }: Needs): boolean =>
  interpreterLanguage !== null || accessibilityNeeds.length > 0 || accessibilityNote !== null

/** A language as one names it, sign languages too: « arabe », « Langue des signes française (LSF) ». */
export const languageField = (typed: string): Field<string> =>
  parseField(nameField(MAX_LANGUAGE_LENGTH), typed, 'not-a-name')

/** A few words on one line. */
export function needNoteField(typed: string): Field<string> {
  const words = typed.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  return words.length > MAX_NEED_NOTE_LENGTH ? { ok: false, error: 'too-long' } : { ok: true, value: words }
}

/** Needs as the database keeps them: nothing said is null, a kind stands once, in the order of the list. */
export const needsOf = (typed: {
  interpreterLanguage: string
  accessibilityNeeds: readonly AccessibilityNeed[]
  accessibilityNote: string
}): Needs => {
  const language = languageField(typed.interpreterLanguage)
  const note = needNoteField(typed.accessibilityNote)
  return {
    interpreterLanguage: language.ok ? language.value : null,
    accessibilityNeeds: ACCESSIBILITY_NEEDS.filter((need) => typed.accessibilityNeeds.includes(need)),
    accessibilityNote: note.ok && note.value !== '' ? note.value : null,
  }
}

export const sameNeeds = (a: Needs, b: Needs): boolean =>
  a.interpreterLanguage === b.interpreterLanguage &&
  a.accessibilityNote === b.accessibilityNote &&
  ACCESSIBILITY_NEEDS.every((need) => a.accessibilityNeeds.includes(need) === b.accessibilityNeeds.includes(need))
