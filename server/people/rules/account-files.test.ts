import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  filesOfAccount,
  isForServiceToCheck,
  mayShowConfidential,
  peopleOf,
  toCarry,
  type ContactFile,
  type ProvenAccount,
} from './account-files'

const PHONE = '+33612345678'
const account = (over: Partial<ProvenAccount> = {}): ProvenAccount => ({
  ...{ phoneE164: PHONE, email: null, family: null, identity: null },
  ...over,
})
const file = (id: number, over: Partial<ContactFile> = {}): ContactFile => ({
  ...{ id, territoryId: 1, firstName: 'Awa', lastName: 'N’Diaye', bornOn: null, phoneE164: PHONE, email: null },
  ...{ phoneConfirmed: false, emailConfirmed: false },
  ...over,
})
const idsOf = (proven: ProvenAccount, files: readonly ContactFile[]) =>
  filesOfAccount(proven, files).files.map(({ id }) => id)

describe('the files of an account', () => {
  test('carry the proven phone or e-mail themselves', () => {
    const files = [
      file(1),
      file(2, { phoneE164: '+33612345679' }),
      file(3, { phoneE164: null, email: 'awa@example.org' }),
    ]
    expect(idsOf(account(), files)).toEqual([1])
    expect(idsOf(account({ email: 'awa@example.org' }), files)).toEqual([1, 3])
    expect(idsOf(account({ phoneE164: null }), files)).toEqual([])
  })

  test('of one family, whatever the accents, show without a question', () => {
    const files = [file(1), file(2, { firstName: 'Moussa', lastName: 'NDIAYE' })]
    expect(filesOfAccount(account(), files)).toMatchObject({ asksName: false, files: [{ id: 1 }, { id: 2 }] })
  })

  test('of several families, nothing shows until one is named, then that one alone', () => {
    const files = [file(1), file(2, { lastName: 'Petit' })]
    expect(filesOfAccount(account(), files)).toEqual({ files: [], partly: [], asksName: true })
    expect(idsOf(account({ family: 'petit' }), files)).toEqual([2])
    expect(idsOf(account({ family: 'ndiaye' }), files)).toEqual([1])
  })

  test('of an identity are those with its names, and no other birth date', () => {
    const identity = { firstName: 'Awa', lastName: 'Ndiaye', bornOn: '1990-02-28', usualLastName: null, email: null }
    const files = [
      file(1),
      file(2, { bornOn: '1990-02-28' }),
      file(3, { bornOn: '1991-02-28' }),
      file(4, { firstName: 'Moussa' }),
    ]
    expect(idsOf(account({ identity }), files)).toEqual([])
    const usual = { ...identity, lastName: 'Petit', usualLastName: 'N’Diaye' }
    expect(idsOf(account({ identity: usual }), files)).toEqual([1, 2])
    expect(idsOf(account({ identity: { ...usual, bornOn: null } }), files)).toEqual([1, 2, 3])
    const named = files.map((one) => ({ ...one, lastName: 'Ndiaye' }))
    expect(idsOf(account({ identity }), named)).toEqual([1, 2])
  })

  test('of an e-mail typed at FranceConnect’s are those of the same day of birth, said by both', () => {
    const typed = {
      firstName: 'Awa',
      lastName: 'N’Diaye',
      bornOn: '1990-02-28',
      usualLastName: null,
      email: 'awa@example.org',
    }
    const files = [null, '1990-02-28', '1991-02-28'].map((bornOn, at) =>
      file(at, { bornOn, phoneE164: null, email: 'awa@example.org' }),
    )
    const unproven = account({ phoneE164: null, identity: typed })
    expect(idsOf(unproven, files)).toEqual([1])
    expect(idsOf({ ...unproven, email: 'awa@example.org' }, files)).toEqual([0, 1])
    expect(mayShowConfidential(unproven, files, { usagerId: 0 })).toBe(false)
  })

  test('never carry another contact, whoever names themselves', () => {
    const anyFile = fc.record({
      id: fc.nat(),
      territoryId: fc.constant(1),
      firstName: fc.constantFrom('Awa', 'Moussa'),
      lastName: fc.constantFrom('Petit', 'N’Diaye', 'Ndiaye'),
      bornOn: fc.constantFrom(null, '1990-02-28'),
      phoneE164: fc.constantFrom(null, PHONE, '+33612345679'),
      email: fc.constantFrom(null, 'awa@example.org'),
      phoneConfirmed: fc.boolean(),
      emailConfirmed: fc.boolean(),
    })
    const family = fc.constantFrom(null, 'petit', 'ndiaye', 'inconnu')
    fc.assert(
      fc.property(fc.array(anyFile), family, (files, named) => {
        const { files: whole, partly } = filesOfAccount(account({ family: named }), files)
        const shown = [...whole, ...partly]
        return (
          whole.every(({ phoneConfirmed, email }) => phoneConfirmed || email === null) &&
          shown.every(({ phoneE164 }) => phoneE164 === PHONE) &&
          new Set(shown.map(({ lastName }) => lastName.replace(/\W/g, '').toLowerCase())).size <= 1
        )
      }),
    )
  })
})

describe('a contact typed by the public beside another', () => {
  const email = 'awa@example.org'
  const both = file(1, { email })
  const seen = (proven: ProvenAccount, one: ContactFile) => {
    const { files, partly } = filesOfAccount(proven, [one])
    return [files.length, partly.length]
  }

  test.each([
    ['by neither alone, the phone', account(), both, [0, 1]],
    ['nor the e-mail', account({ phoneE164: null, email }), both, [0, 1]],
    ['by both', account({ email }), both, [1, 0]],
    ['by one an agent wrote', account(), file(1, { email, phoneConfirmed: true }), [1, 0]],
    ['not by the other', account({ phoneE164: null, email }), file(1, { email, phoneConfirmed: true }), [0, 1]],
    ['by one that stands alone', account(), file(1), [1, 0]],
  ])('opens a file whole %s', (_, proven, one, expected) => expect(seen(proven, one)).toEqual(expected))

  test.each([
    ['not while the e-mail may be proven', account(), both, false],
    ['nor while the mobile may be', account({ phoneE164: null, email }), both, false],
    ['once both are proven, others than those of the file', account({ email: 'new@example.org' }), both, true],
    [
      'where only a landline is left',
      account({ phoneE164: null, email }),
      file(1, { email, phoneE164: '+33123456789' }),
      true,
    ],
  ])('is left to the service to check %s', (_, proven, one, expected) => {
    const takesCode = (e164: string) => e164.startsWith('+336')
    expect(isForServiceToCheck(proven, [one], takesCode)).toBe(expected)
    expect(isForServiceToCheck(proven, [], takesCode)).toBe(false)
    expect(isForServiceToCheck(proven, [one, both], takesCode)).toBe(expected && proven.phoneE164 !== null)
  })

  test('opens it whole to whom the State knows, born that day', () => {
    const identity = { firstName: 'Awa', lastName: 'N’Diaye', bornOn: '1990-02-28', usualLastName: null, email: null }
    expect(seen(account({ identity }), file(1, { email, bornOn: '1990-02-28' }))).toEqual([1, 0])
    expect(seen(account({ identity }), both)).toEqual([0, 1])
  })

  test('is not written over by whoever proves the other, and is worth no more once it is', () => {
    const mail = { kind: 'email', email: 'new@example.org' } as const
    expect(toCarry(account(), [both], mail)).toMatchObject({ carried: [], left: [{ id: 1 }] })
    const phone = { kind: 'phone', phoneE164: '+33612345699' } as const
    expect(toCarry(account(), [both], phone)).toMatchObject({ carried: [{ id: 1, isConfirmed: false }], left: [] })
    expect(toCarry(account(), [file(1)], mail)).toMatchObject({ carried: [{ id: 1, isConfirmed: false }], left: [] })
    expect(toCarry(account(), [file(1, { phoneConfirmed: true })], mail)).toMatchObject({
      carried: [{ isConfirmed: true }],
    })
  })
})

describe('a confidential RDV', () => {
  test('shows to who it is for, by a phone of theirs alone', () => {
    expect(mayShowConfidential(account(), [file(1)], { usagerId: 1 })).toBe(true)
    expect(mayShowConfidential(account(), [file(1), file(2)], { usagerId: 1 })).toBe(true)
  })

  test('is absent where two people share the phone, and of a proche', () => {
    expect(mayShowConfidential(account(), [file(1), file(2, { firstName: 'Moussa' })], { usagerId: 1 })).toBe(false)
    expect(mayShowConfidential(account(), [file(1)], { usagerId: 9 })).toBe(false)
    expect(mayShowConfidential(account(), [file(1, { phoneE164: null })], { usagerId: 1 })).toBe(false)
  })
})

describe('a contact newly proven', () => {
  const phone = { kind: 'phone', phoneE164: '+33612345699' } as const
  const mail = { kind: 'email', email: 'new@example.org' } as const
  const idsTo = (
    contact: typeof phone | typeof mail,
    files: readonly ContactFile[],
    over: Partial<ProvenAccount> = {},
  ) => toCarry(account(over), files, contact).carried.map(({ id }) => id)

  test('is of one person: of those who share a telephone, each has their own files', () => {
    const people = peopleOf([file(1), file(2, { firstName: 'Moussa' }), file(3, { territoryId: 2 })])
    expect(people.map(({ files }) => files.map(({ id }) => id))).toEqual([[1, 3], [2]])
    const [grown, child] = [file(1, { bornOn: '1980-01-01' }), file(2, { bornOn: '2010-01-01' })]
    expect(peopleOf([grown, child, file(3)])).toHaveLength(2)
  })

  test('goes wherever a file opens whole, whatever it held', () => {
    const email = 'old@example.org'
    const other = file(3, { phoneE164: '+33612345600', email, emailConfirmed: true })
    expect(idsTo(phone, [file(1), file(2, { phoneE164: null, email }), other], { email })).toEqual([1, 2, 3])
    expect(idsTo(mail, [file(1, { email }), file(2, { territoryId: 2 })], { email })).toEqual([1, 2])
    expect(idsTo(mail, [file(1, { email: 'other@example.org', phoneConfirmed: true })], { email })).toEqual([1])
  })

  test('when it is an e-mail, goes to one file of a territory, which has it once', () => {
    const email = 'old@example.org'
    expect(idsTo(mail, [file(2), file(1)])).toEqual([1])
    expect(idsTo(mail, [file(1), file(2, { email })], { email })).toEqual([2])
    expect(idsTo(mail, [file(1), file(2, { email: mail.email })])).toEqual([])
  })
})
