import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESSIBILITY_NEEDS, hasNeeds, languageField, needsOf, sameNeeds, type Needs } from './needs'

const kinds = fc.array(fc.constantFrom(...ACCESSIBILITY_NEEDS), { maxLength: 8 })

test('what is kept stands once, in one order, and reads back the same', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), kinds, fc.string({ maxLength: 400 }), (language, needs, note) => {
      const kept = needsOf({ interpreterLanguage: language, accessibilityNeeds: needs, accessibilityNote: note })
      expect([...kept.accessibilityNeeds]).toEqual(ACCESSIBILITY_NEEDS.filter((need) => needs.includes(need)))
      expect([kept.interpreterLanguage, kept.accessibilityNote]).not.toContain('')
      const again = needsOf({
        interpreterLanguage: kept.interpreterLanguage ?? '',
        accessibilityNeeds: kept.accessibilityNeeds,
        accessibilityNote: kept.accessibilityNote ?? '',
      })
      expect(again).toEqual(kept)
      expect(sameNeeds(again, kept)).toBe(true)
    }),
  )
})

test('needs are the same whatever the order they were ticked in, and differ as soon as one does', () => {
  const none: Needs = { interpreterLanguage: null, accessibilityNeeds: [], accessibilityNote: null }
  const both: Needs = { ...none, accessibilityNeeds: ['companion', 'wheelchair'] }
  expect(sameNeeds(both, { ...none, accessibilityNeeds: ['wheelchair', 'companion'] })).toBe(true)
  expect(sameNeeds(both, { ...none, accessibilityNeeds: ['wheelchair'] })).toBe(false)
  expect(
    [none, both, { ...none, interpreterLanguage: 'arabe' }, { ...none, accessibilityNote: 'x' }].map(hasNeeds),
  ).toEqual([false, true, true, true])
})

test.each(['arabe', 'Langue des signes française (LSF)', 'créole réunionnais'])('« %s » is a language', (typed) =>
  expect(languageField(` ${typed} `)).toEqual({ ok: true, value: typed }),
)
test.each(['<b>', '???', '12', 'a'.repeat(61)])('« %s » is none', (typed) =>
  expect(languageField(typed).ok).toBe(false),
)
