import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from './printable'

/** A font of western Europe. */
const isShown = (codePoint: number) =>
  (codePoint >= 0x20 && codePoint < 0x180) || [0x2022, 0x2019, 0x20ac].includes(codePoint)

test.each([
  ['\uf0b7 Carnet de santé', '• Carnet de santé'],
  ['Олена', 'Olena'],
  ['Merci 🙂\u200d !', 'Merci  !'],
  ['Łódź, l’œuvre, 12 €', 'Łódź, l’œuvre, 12 €'],
  ['e\u0301te\u0301', 'été'],
  ['deux\nlignes', 'deux\nlignes'],
  ['nul\u0000', 'nul'],
  ['un\tdeux', 'un deux'],
])('%j is printed %j', (typed, printed) => {
  expect(printable(typed, isShown)).toBe(printed)
})

test('whatever is typed, nothing is left that no font shows, and what it shows is left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const printed = printable(typed, isShown)
      for (const char of printed) expect(char === '\n' || isShown(char.codePointAt(0) ?? 0)).toBe(true)
      expect(printable(printed, isShown)).toBe(printed)
    }),
  )
})
