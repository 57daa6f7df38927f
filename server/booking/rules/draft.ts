import { emailField, nameField } from '@/server/kernel/fields'
import {
  addressField,
  birthDateField,
  parseField,
  type Field,
  type FieldError,
  type ParsedPhone,
} from '@/server/people/rules/fields'
import type { DraftAnswers, DraftField } from '../schema'
import type { DraftDemands } from './tunnel'

/** The coordinates step, judged: people, or what is wrong with which field. */
export type Coordinates = {
  person: {
    firstName: string
    lastName: string
    bornOn: string | null
    phone: { typed: string; e164: string } | null
    email: string | null
    address: string | null
  }
  relative: { firstName: string; lastName: string; bornOn: string | null } | null
}
export type DraftErrors = Partial<Record<DraftField, FieldError>>
export type JudgedDraft = { ok: true; coordinates: Coordinates } | { ok: false; errors: DraftErrors }

/** What the motif asks of the person. */
export function demandsOf(motif: { locationType: string; asksBirthDate: boolean }): DraftDemands {
  return {
    phone: motif.locationType === 'phone' ? 'required' : 'optional',
    birthDate: motif.asksBirthDate ? 'required' : 'hidden',
    address: motif.locationType === 'home' ? 'required' : 'hidden',
  }
}

/**
 * Judges what was typed, field by field. `today` is a civil day of the territory; `parsePhone` reads a number or null.
 * Only what the motif demands is kept; at least a mobile or an e-mail, for the link to arrive: a landline does where it
 * is the RDV itself that is a call.
 */
export function judgeDraft(
  answers: DraftAnswers,
  demands: DraftDemands,
  today: string,
  parsePhone: (typed: string) => ParsedPhone | null,
): JudgedDraft {
  const errors: DraftErrors = {}
  const text = (field: DraftField) => (answers[field] ?? '').trim()
  const keep = <T>(field: DraftField, result: Field<T>): T | null => {
    if (result.ok) return result.value
    errors[field] = result.error
    return null
  }
  const birth = (field: DraftField) =>
    demands.birthDate === 'required' ? keep(field, text(field) ? birthDateField(text(field), today) : missing) : null

  const firstName = keep('firstName', parseField(nameField(), text('firstName'), 'not-a-name'))
  const lastName = keep('lastName', parseField(nameField(), text('lastName'), 'not-a-name'))
  const phone = keep('phone', phoneOf(text('phone'), demands, parsePhone))
  const email = text('email') === '' ? null : keep('email', parseField(emailField, text('email'), 'not-an-email'))
  if (text('email') === '' && !errors.phone && demands.phone === 'optional' && !phone?.isMobile) {
    errors.phone = phone ? 'not-a-mobile' : 'contact-missing'
  }
  const address = demands.address === 'required' ? keep('address', addressField(text('address'))) : null

  const isForRelative = text('forRelative') === 'oui'
  const relativeFirstName = isForRelative
    ? keep('relativeFirstName', parseField(nameField(), text('relativeFirstName'), 'not-a-name'))
    : null
  const relativeLastName = isForRelative
    ? keep('relativeLastName', parseField(nameField(), text('relativeLastName'), 'not-a-name'))
    : null
  const relativeBornOn = isForRelative ? birth('relativeBornOn') : null
  const bornOn = isForRelative ? null : birth('bornOn')

  if (Object.keys(errors).length > 0 || firstName === null || lastName === null) return { ok: false, errors }
  const relative =
    relativeFirstName !== null && relativeLastName !== null
      ? { firstName: relativeFirstName, lastName: relativeLastName, bornOn: relativeBornOn }
      : null
  const reached = phone && { typed: phone.typed, e164: phone.e164 }
  return {
    ok: true,
    coordinates: { person: { firstName, lastName, bornOn, phone: reached, email, address }, relative },
  }
}

const missing = { ok: false, error: 'missing' } as const

function phoneOf(
  typed: string,
  demands: DraftDemands,
  parsePhone: (typed: string) => ParsedPhone | null,
): Field<({ typed: string } & ParsedPhone) | null> {
  if (typed === '') return demands.phone === 'required' ? missing : { ok: true, value: null }
  const phone = parsePhone(typed)
  if (!phone) return { ok: false, error: 'not-a-phone' }
  return { ok: true, value: { typed, ...phone } }
}
