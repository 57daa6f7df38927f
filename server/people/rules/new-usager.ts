import { emailField, nameField } from '@/server/kernel/fields'
import { fold } from '@/server/kernel/text'
import { addressField, birthDateField, parseField, type Field, type FieldError, type ParsedPhone } from './fields'

/** A file as an agent types it. */
export const USAGER_FIELDS = ['firstName', 'lastName', 'bornOn', 'phone', 'email', 'address'] as const
export type UsagerField = (typeof USAGER_FIELDS)[number]
export type UsagerAnswers = Readonly<Partial<Record<UsagerField, string>>>
export type UsagerErrors = Partial<Record<UsagerField, FieldError>>

export type NewUsager = {
  firstName: string
  lastName: string
  bornOn: string | null
  phone: { typed: string; e164: string } | null
  email: string | null
  address: string | null
}

export const USAGER_REFUSALS = ['invalid-fields', 'email-taken', 'maybe-known', 'no-such-responsible'] as const
export type UsagerRefusal = (typeof USAGER_REFUSALS)[number]

/**
 * Judges a new file, field by field: names alone are demanded, since an agent may know nothing else. A landline is a
 * contact. A proche is reached through their responsable: their phone and e-mail are not asked.
 */
export function judgeUsager(
  answers: UsagerAnswers,
  { today, isProche }: { today: string; isProche: boolean },
  parsePhone: (typed: string) => ParsedPhone | null,
): { ok: true; usager: NewUsager } | { ok: false; errors: UsagerErrors } {
  const errors: UsagerErrors = {}
  const text = (field: UsagerField) => (answers[field] ?? '').trim()
  const keep = <T>(field: UsagerField, judged: Field<T>): T | null => {
    if (judged.ok) return judged.value
    errors[field] = judged.error
    return null
  }
  const given = <T>(field: UsagerField, judge: (typed: string) => Field<T>): T | null =>
    text(field) === '' ? null : keep(field, judge(text(field)))

  const firstName = keep('firstName', parseField(nameField(), text('firstName'), 'not-a-name'))
  const lastName = keep('lastName', parseField(nameField(), text('lastName'), 'not-a-name'))
  const bornOn = given('bornOn', (typed) => birthDateField(typed, today))
  const phone = isProche ? null : given('phone', (typed) => phoneOf(typed, parsePhone))
  const email = isProche ? null : given('email', (typed) => parseField(emailField, typed, 'not-an-email'))
  const address = isProche ? null : given('address', addressField)
  if (Object.keys(errors).length > 0 || firstName === null || lastName === null) return { ok: false, errors }
  return { ok: true, usager: { firstName, lastName, bornOn, phone, email, address } }
}

function phoneOf(
  typed: string,
  parsePhone: (typed: string) => ParsedPhone | null,
): Field<{ typed: string; e164: string }> {
  const phone = parsePhone(typed)
  return phone ? { ok: true, value: { typed, e164: phone.e164 } } : { ok: false, error: 'not-a-phone' }
}

/** What two files of one person share, whatever the contact; null when nothing tells them alike. */
export const likenessOf = ({ firstName, lastName, bornOn }: Pick<NewUsager, 'firstName' | 'lastName' | 'bornOn'>) =>
  bornOn === null ? null : `${fold(`${lastName} ${firstName}`)}|${bornOn}`
