import { expect, test } from 'vitest'
import { familyNamed, familyOf } from './accounts'

const onFile = (lastName: string) => ({ family: familyOf(lastName), isOnFile: true })
const kept = (lastName: string) => ({ family: familyOf(lastName), isOnFile: false })

test.each([
  ['the one that begins so', [onFile('Dupont'), onFile('Zola')], 'DUP', 'dupont'],
  ['neither of two that begin alike', [onFile('Dupont'), onFile('Dupuis')], 'dup', null],
  [
    'the name a file bears, before the one an account has kept',
    [onFile('Dupont-Martin'), kept('Dupont')],
    'dup',
    'dupontmartin',
  ],
  ['the one an account has kept, where no file begins so', [onFile('Zola'), kept('Dupont')], 'dup', 'dupont'],
  ['nobody, by other letters', [onFile('Dupont')], 'mar', null],
  ['nobody, by no letter', [onFile('-')], ' - ', null],
])('names %s', (_, known, typed, family) => expect(familyNamed(known, typed)).toBe(family))
