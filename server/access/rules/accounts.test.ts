import fc from 'fast-check'
import { expect, test } from 'vitest'
import { familiesOf, familyNamed, familyOf } from './accounts'

const onFile = (lastName: string) => ({ family: familyOf(lastName), isOnFile: true })
const kept = (lastName: string) => ({ family: familyOf(lastName), isOnFile: false })

const AMBIGUOUS = { ok: false, reason: 'several-names' }
const UNKNOWN = { ok: false, reason: 'unknown-name' }

test.each([
  ['the one that begins so', [onFile('Dupont'), onFile('Zola')], 'DUP', 'dupont'],
  ['the one that goes on so, of two that begin alike', [onFile('Dupont'), onFile('Dupraz')], 'dupo', 'dupont'],
  ['the whole name, before a longer one', [onFile('Martinez'), onFile('Martin')], 'MARTIN', 'martin'],
  ['the longer one, by one letter more', [onFile('Martinez'), onFile('Martin')], 'martine', 'martinez'],
  ['the whole name, however short', [onFile('Li'), onFile('Lisch')], 'Li', 'li'],
  ['a name of several words', [onFile('Le Goff'), onFile('Le Gall')], 'le gof', 'legoff'],
  [
    'the name a file bears, before the one an account has kept',
    [onFile('Dupont-Martin'), kept('Dupont')],
    'dupont',
    'dupontmartin',
  ],
  ['the one an account has kept, where no file begins so', [onFile('Zola'), kept('Dupont')], 'dup', 'dupont'],
])('names %s', (_, known, typed, family) => expect(familyNamed(known, typed)).toEqual({ ok: true, value: family }))

test.each([
  ['neither of two that begin alike', [onFile('Dupont'), onFile('Dupuis')], 'dup', AMBIGUOUS],
  ['nobody, by other letters', [onFile('Dupont')], 'mar', UNKNOWN],
  ['nobody, by a letter too many', [onFile('Dupont')], 'duponts', UNKNOWN],
  ['nobody, by fewer letters than three', [onFile('Dupont'), onFile('Dulac')], 'du', UNKNOWN],
  ['nobody, by no letter', [onFile('-')], ' - ', UNKNOWN],
])('names %s', (_, known, typed, refusal) => expect(familyNamed(known, typed)).toEqual(refusal))

test('whoever shares a contact is found by their whole name, whatever others are called', () => {
  const name = fc.string({ unit: fc.constantFrom('d', 'u', 'p', 'o', 'é', ' '), maxLength: 6 })
  fc.assert(
    fc.property(fc.array(name, { maxLength: 6 }), name, (others, mine) => {
      fc.pre(familyOf(mine) !== '-')
      const known = familiesOf([...others, mine].map((lastName) => ({ lastName }))).map(onFile)
      expect(familyNamed(known, mine)).toEqual({ ok: true, value: familyOf(mine) })
    }),
  )
})
