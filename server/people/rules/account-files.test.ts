import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filesOfAccount, mayShowConfidential, type ContactFile, type ProvenAccount } from './account-files'

const PHONE = '+33612345678'
const account = (over: Partial<ProvenAccount> = {}): ProvenAccount => ({
  ...{ phoneE164: PHONE, email: null, family: null, identity: null },
  ...over,
})
const file = (id: number, over: Partial<ContactFile> = {}): ContactFile => ({
  ...{ id, territoryId: 1, firstName: 'Awa', lastName: 'N’Diaye', bornOn: null, phoneE164: PHONE, email: null },
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
    expect(filesOfAccount(account(), files)).toEqual({ files: [], asksName: true })
    expect(idsOf(account({ family: 'petit' }), files)).toEqual([2])
    expect(idsOf(account({ family: 'ndiaye' }), files)).toEqual([1])
  })

  test('of an identity are those with its names, and no other birth date', () => {
    const identity = { firstName: 'Awa', lastName: 'Ndiaye', bornOn: '1990-02-28', email: null }
    const files = [
      file(1),
      file(2, { bornOn: '1990-02-28' }),
      file(3, { bornOn: '1991-02-28' }),
      file(4, { firstName: 'Moussa' }),
    ]
    expect(idsOf(account({ identity }), files)).toEqual([])
    const named = files.map((one) => ({ ...one, lastName: 'Ndiaye' }))
    expect(idsOf(account({ identity }), named)).toEqual([1, 2])
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
    })
    const family = fc.constantFrom(null, 'petit', 'ndiaye', 'inconnu')
    fc.assert(
      fc.property(fc.array(anyFile), family, (files, named) => {
        const shown = filesOfAccount(account({ family: named }), files).files
        return (
          shown.every(({ phoneE164 }) => phoneE164 === PHONE) &&
          new Set(shown.map(({ lastName }) => lastName.replace(/\W/g, '').toLowerCase())).size <= 1
        )
      }),
    )
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
