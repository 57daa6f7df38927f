import { expect, test } from 'vitest'
import { fold, sameName } from './text'

test.each([
  ["Élodie  N'Diaye-Lê", 'elodie n diaye le'],
  ['Cœur', 'coeur'],
  ['  ŁÓDŹ ', 'łodz'],
  ['', ''],
])('folds %j to %j', (text, folded) => expect(fold(text)).toBe(folded))

test('finds the same name through accents, case and hyphens', () => {
  expect(sameName('JEAN-PIERRE', 'Jean Pierre')).toBe(true)
  expect(sameName('Noé', 'Noémie')).toBe(false)
})
