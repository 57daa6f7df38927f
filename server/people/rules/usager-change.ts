import type { ParsedPhone } from './fields'
import { judgeUsager, type NewUsager } from './new-usager'
import { needsOf, type AccessibilityNeed } from './needs'
import { changedFields, fileAfter, shownAddress, shownPhone, type FileField, type UsagerFile } from './usager-file'

export const CHANGE_REFUSALS = [
  'changed-meanwhile',
  'not-a-phone',
  'not-a-day',
  'in-the-future',
  'too-old',
  'email-taken',
  'maybe-known',
  'consents-theirs',
] as const
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number]

/** A file as a form sends it back. */
export type TypedFile = Record<
  'firstName' | 'lastName' | 'bornOn' | 'phone' | 'email' | 'address' | 'interpreterLanguage' | 'accessibilityNote',
  string
> &
  Record<'notifyBySms' | 'notifyByEmail' | 'phoneConfirmed' | 'emailConfirmed', boolean> & {
    accessibilityNeeds: readonly AccessibilityNeed[]
  }

export type JudgedChange = {
  after: UsagerFile
  changed: FileField[]
  /** What of the change another file may share: looked for among the others. */
  likely: NewUsager
  /** What the history tells in full: consents. */
  told: { field: FileField; from: boolean; to: boolean }[]
}

/**
 * What becomes of a file by what was typed. Only what changed is compared with the other files: a number a family shares,
 * known already, warns of nothing. Whoever holds an account decides of their own messages (domain §8.4).
 */
export function judgeChange(
  before: UsagerFile & { responsible: unknown; hasAccount: boolean },
  typed: TypedFile,
  today: string,
  parsePhone: (typed: string) => ParsedPhone | null,
): ({ ok: true } & JudgedChange) | { ok: false; reason: ChangeRefusal } {
  const isProche = before.responsible !== null
  const isPhoneKept = typed.phone.trim() === shownPhone(before)
  const isBirthKept = typed.bornOn === (before.bornOn ?? '')
  const answers = {
    ...typed,
    ...(isPhoneKept && { phone: '' }),
    ...(isBirthKept && { bornOn: '' }),
  }
  const judged = judgeUsager(answers, { today, isProche }, parsePhone)
  if (!judged.ok) return { ok: false, reason: refusalOf(judged.errors) }
  const usager = isBirthKept ? { ...judged.usager, bornOn: before.bornOn } : judged.usager
  const after = fileAfter(before, { isProche }, { ...typed, usager, needs: needsOf(typed) })
  const changed = changedFields(before, after)
  const consents = (['notifyBySms', 'notifyByEmail'] as const).filter((field) => changed.includes(field))
  if (consents.length > 0 && before.hasAccount) return { ok: false, reason: 'consents-theirs' }
  const isSomebody = (['firstName', 'lastName', 'bornOn'] as const).some((field) => changed.includes(field))
  return {
    ok: true,
    after,
    changed,
    likely: {
      ...usager,
      bornOn: isSomebody ? usager.bornOn : null,
      phone: changed.includes('phone') ? usager.phone : null,
      email: changed.includes('email') ? usager.email : null,
    },
    told: consents.map((field) => ({ field, from: before[field], to: after[field] })),
  }
}

/** A file as its form shows it. */
export const shownFile = (file: UsagerFile): TypedFile => ({
  firstName: file.firstName,
  lastName: file.lastName,
  bornOn: file.bornOn ?? '',
  phone: shownPhone(file),
  email: file.email ?? '',
  address: shownAddress(file),
  notifyBySms: file.notifyBySms,
  notifyByEmail: file.notifyByEmail,
  phoneConfirmed: file.phoneConfirmed,
  emailConfirmed: file.emailConfirmed,
  interpreterLanguage: file.interpreterLanguage ?? '',
  accessibilityNeeds: file.accessibilityNeeds,
  accessibilityNote: file.accessibilityNote ?? '',
})

/** The schema has judged the rest: only a number's plan and today's date are left to the server. */
function refusalOf(errors: Partial<Record<string, string>>): ChangeRefusal {
  if (errors.phone !== undefined) return 'not-a-phone'
  return errors.bornOn === 'in-the-future' || errors.bornOn === 'too-old' ? errors.bornOn : 'not-a-day'
}
