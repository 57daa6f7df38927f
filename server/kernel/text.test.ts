import { expect, test } from 'vitest'
import { fold, sameName } from './text'

test.each([
  ["Élodie  N'Diaye-Lê", 'elodie n diaye le'],
  ['Cœur', 'coeur'],
  ['  ŁÓDŹ ', 'lodz'],
  ['Yıldız', 'yildiz'],
  ['SØRENSEN Strauß Đặng Ægir', 'sorensen strauss dang aegir'],
  ['', ''],
])('folds %j to %j', (text, folded) => expect(fold(text)).toBe(folded))

test.each(['Yıldız', 'WAŁĘSA', 'Sørensen', 'Đặng', 'Strauẞ', 'ŒUVRARD'])(
  'folds %j to what a French keyboard types',
  (text) => expect(fold(text)).toMatch(/^[a-z]+$/),
)

test('finds the same name through accents, case and hyphens', () => {
  expect(sameName('JEAN-PIERRE', 'Jean Pierre')).toBe(true)
  expect(sameName('Noé', 'Noémie')).toBe(false)
})
