import { describe, expect, test } from 'vitest'
import type { Contact, PersonOnRdv, Reachable } from './agent-views'
import { contactLines, firstContact } from './contacts'

const NOTHING: Contact = { phone: null, email: null }
const OLD = '+33612000001'
const NEW = '+33612000002'

const file = (contact: Partial<Reachable>): Reachable => ({ ...NOTHING, given: null, ...contact })
const person = (own: Partial<Reachable>, responsible: Partial<Reachable> | null = null): PersonOnRdv => ({
  participationId: 1,
  usagerId: 1,
  status: 'unknown',
  firstName: 'Lina',
  lastName: 'Martin',
  bornOn: null,
  address: null,
  isMaybeDouble: false,
  ...file(own),
  responsible: responsible && { firstName: 'Léa', lastName: 'Martin', ...file(responsible) },
})

describe('how to reach somebody', () => {
  test('what was given for this RDV comes first, told apart from what the file holds', () =>
    expect(contactLines(file({ phone: OLD, email: 'a@example.org', given: { ...NOTHING, phone: NEW } }))).toEqual([
      { kind: 'phone', value: NEW, from: 'rdv' },
      { kind: 'phone', value: OLD, from: 'file' },
      { kind: 'email', value: 'a@example.org', from: 'file' },
    ]))

  test('the same number is said once, with nothing to tell apart', () =>
    expect(contactLines(file({ phone: OLD, given: { ...NOTHING, phone: OLD } }))).toEqual([
      { kind: 'phone', value: OLD, from: null },
    ]))

  test('nothing was given: the file, as it is', () =>
    expect(contactLines(file({ phone: OLD, email: 'a@example.org' }))).toEqual([
      { kind: 'phone', value: OLD, from: null },
      { kind: 'email', value: 'a@example.org', from: null },
    ]))
})

describe('whom an agent tries first', () => {
  test.each<[string, PersonOnRdv | undefined, string | null]>([
    ['what was given, not the file’s', person({ phone: OLD, given: { ...NOTHING, phone: NEW } }), NEW],
    [
      'the e-mail given, not an older number',
      person({ phone: OLD, given: { phone: null, email: 'a@b.fr' } }),
      'a@b.fr',
    ],
    ['what the responsable gave', person({ phone: OLD }, { given: { ...NOTHING, phone: NEW } }), NEW],
    ['the person’s own phone', person({ phone: OLD }, { phone: NEW }), OLD],
    ['the responsable’s phone rather than an e-mail', person({ email: 'a@b.fr' }, { phone: NEW }), NEW],
    ['nobody without a phone', person({ email: 'a@b.fr' }), null],
    ['nobody on an empty RDV', undefined, null],
  ])('%s', (_case, who, value) => expect(firstContact(who)?.value ?? null).toBe(value))
})
