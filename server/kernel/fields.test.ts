import { describe, expect, test } from 'vitest'
import { civilDayField, cityCodeField, emailField, nameField, textField } from './fields'

describe('a name', () => {
  test.each(['Zoé', "N'Diaye", 'Jean-Pierre', 'Lê Văn', 'D’Arc', 'Анна', 'María José'])('accepts %s', (name) =>
    expect(nameField().parse(name)).toBe(name),
  )
  test.each(['', '   ', '<script>alert(1)</script>', '🎉', 'x'.repeat(101), '\u0000Léa', '{{7*7}}'])(
    'refuses %j',
    (name) => expect(nameField().safeParse(name).success).toBe(false),
  )
  test('folds inner white space', () => expect(nameField().parse('  Jean \n Luc ')).toBe('Jean Luc'))
})

test.each([
  ['2026-02-28', true],
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['2026-1-1', false],
])('the day %s exists: %s', (day, exists) => expect(civilDayField.safeParse(day).success).toBe(exists))

test('folds an e-mail address to lower case', () =>
  expect(emailField.parse(' Lea@Example.ORG ')).toBe('lea@example.org'))

test.each([
  ['62498', true],
  ['2A004', true],
  ['6249', false],
  ["62498'", false],
])('the INSEE code %s is well formed: %s', (code, valid) => expect(cityCodeField.safeParse(code).success).toBe(valid))

test.each([
  ['\u0000Léa\u0000', 'Léa'],
  ['a\ud800b', 'a\ufffdb'],
  ['  deux\nlignes ', 'deux\nlignes'],
])('free text %j is kept as the database takes it', (typed, kept) => expect(textField(20).parse(typed)).toBe(kept))
