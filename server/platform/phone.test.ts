import { expect, test } from 'vitest'
import { isFrench, parseOnlinePhone, parsePhone, takesSms } from './phone'

test.each([
  ['06 12 34 56 78', '+33612345678', true],
  ['+33 6 12 34 56 78', '+33612345678', true],
  ['0033612345678', '+33612345678', true],
  ['03 21 21 62 62', '+33321216262', false],
  ['0692 12 34 56', '+262692123456', true],
  ['0262 90 30 30', '+262262903030', false],
  ['0696 20 12 34', '+596696201234', true],
])('reads %s as %s (mobile: %s)', (typed, e164, isMobile) => expect(parsePhone(typed)).toEqual({ e164, isMobile }))

test.each(['', '12', '06 12 34 56', 'zéro six', '9'.repeat(40), '<script>'])('refuses %j', (typed) =>
  expect(parsePhone(typed)).toBeNull(),
)

test.each([
  ['+33612345678', true],
  ['+262692123456', true],
  ['+590690001234', true],
  ['+687751234', true],
  ['+32470123456', false],
  ['+447911123456', false],
])('%s is of a French plan: %s', (e164, expected) => expect(isFrench(e164)).toBe(expected))

test.each([
  ['06 12 34 56 78', true],
  ['0692 12 34 56', true],
  ['0321000000', false],
  ['+32 470 12 34 56', false],
  ['+1 202 555 0143', false],
])('%s, typed online, receives SMS: %s', (typed, isMobile) =>
  expect(parseOnlinePhone(typed)).toMatchObject({ isMobile }),
)

test.each([
  ['+33612345678', false, true],
  ['+33321000000', true, false],
  ['+32470123456', false, false],
  ['+32470123456', true, true],
])('SMS leave for %s (vouched for: %s): %s', (e164, isVouchedFor, expected) =>
  expect(takesSms(e164, isVouchedFor)).toBe(expected),
)
