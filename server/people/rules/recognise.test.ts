import { describe, expect, test } from 'vitest'
import { recognise, recogniseRelative, type KnownPerson } from './recognise'

const lea = (over: Partial<KnownPerson> = {}): KnownPerson => ({
  id: 7,
  firstName: 'Léa',
  lastName: "N'Diaye",
  bornOn: '1990-02-28',
  ...over,
})

describe('a person without an account', () => {
  test.each([
    ['the same names', { firstName: 'Léa', lastName: "N'Diaye", bornOn: null }],
    ['the same names without accents nor apostrophe', { firstName: 'LEA', lastName: 'N Diaye', bornOn: null }],
    ['the same names and birth date', { firstName: 'Léa', lastName: "N'Diaye", bornOn: '1990-02-28' }],
  ])('is recognised by %s', (_case, person) =>
    expect(recognise(person, [lea()])).toEqual({ kind: 'known', usagerId: 7 }),
  )

  test.each([
    ['another first name', { firstName: 'Awa', lastName: "N'Diaye", bornOn: null }],
    ['another last name', { firstName: 'Léa', lastName: 'Martin', bornOn: null }],
    ['another birth date', { firstName: 'Léa', lastName: "N'Diaye", bornOn: '1991-02-28' }],
  ])('leaves a doubt with the same contact and %s', (_case, person) =>
    expect(recognise(person, [lea()])).toEqual({ kind: 'doubt', maybeSameAsId: 7 }),
  )

  test('is new when nobody shares the contact', () =>
    expect(recognise({ firstName: 'Léa', lastName: "N'Diaye", bornOn: null }, [])).toEqual({ kind: 'new' }))

  test('is the oldest of several identical files', () =>
    expect(recognise(lea(), [lea({ id: 12 }), lea({ id: 9 })])).toEqual({ kind: 'known', usagerId: 9 }))
})

test('a proche is recognised among the family only by name and birth date', () => {
  const noe = lea({ id: 3, firstName: 'Noé', bornOn: '2025-01-10' })
  expect(recogniseRelative({ firstName: 'Noe', lastName: 'N’Diaye', bornOn: '2025-01-10' }, [noe])).toBe(3)
  expect(recogniseRelative({ firstName: 'Noé', lastName: "N'Diaye", bornOn: '2023-01-10' }, [noe])).toBeNull()
})
