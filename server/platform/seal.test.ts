import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal'

test('what is sealed opens for its purpose and its place, and for no other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = seal('factor', 'agent|12', text)
      expect(unseal('factor', 'agent|12', sealed)).toBe(text)
      expect(unseal('factor', 'agent|13', sealed)).toBeNull()
      expect(unseal('other', 'agent|12', sealed)).toBeNull()
    }),
  )
})

test('the same text is never sealed twice alike, and one altered does not open', () => {
  const [one, two] = [seal('factor', 'a', 'secret'), seal('factor', 'a', 'secret')]
  expect(one).not.toBe(two)
  // The last character holds bits that count for nothing.
  for (let at = 0; at < one.length - 1; at += 3) {
    const altered = one.slice(0, at) + (one[at] === 'A' ? 'B' : 'A') + one.slice(at + 1)
    expect(unseal('factor', 'a', altered)).toBeNull()
  }
  expect(unseal('factor', 'a', 'x')).toBeNull()
})
