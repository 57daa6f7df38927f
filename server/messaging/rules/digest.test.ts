import { expect, test } from 'vitest'
import { digestDay } from './digest'

const at = (minuteOfDay: number) => ({ onDay: '2027-03-02', minuteOfDay })

test.each([
  ['morning', 419, null],
  ['morning', 420, '2027-03-02'],
  ['morning', 719, '2027-03-02'],
  ['morning', 720, null],
  ['evening', 1079, null],
  ['evening', 1080, '2027-03-03'],
  ['evening', 1439, '2027-03-03'],
  ['none', 420, null],
] as const)('%s, at minute %i of the day: %s', (choice, minute, day) => expect(digestDay(choice, at(minute))).toBe(day))
