import { expect, test } from 'vitest'
import { passwordFaults } from './password'

test.each([
  ['Orage-violet 7 lampes', []],
  ['Éléphant, 3 girafes', []],
  ['Court-1', ['too-short']],
  ['Orage-violet7', []],
  ['Orage-viole7', []],
  ['Orage-viol7', ['too-short']],
  [`A1-${'bcdef'.repeat(25)}`, []],
  [`A1-${'bcdef'.repeat(25)}g`, ['too-long']],
  ['orage-violet 7 lampes', ['no-upper-case']],
  ['Orage-violet lampes', ['no-digit']],
  ['OrageViolet7lampes', ['no-special']],
  ['Azertyuiop123!', ['too-common']],
  ['M0tdepasse-2026', ['too-common']],
  ['P@ssw0rd-2026', ['too-common']],
  ['Bonjour-12345', ['too-common']],
  ['AAAAAAAAAA1!', ['too-common']],
  ['', ['too-short', 'no-upper-case', 'no-digit', 'no-special', 'too-common']],
])('%s → %j', (password, faults) => {
  expect(passwordFaults(password)).toEqual(faults)
})
