import { expect, test } from 'vitest'
import { absenceInterval, LONGEST_ABSENCE_DAYS, whyNotAbsent } from './absence'
import { addDays } from './civil'

const span = (firstDay: string, startMin: number, lastDay: string, endMin: number) => ({
  firstDay,
  startMin,
  lastDay,
  endMin,
})

test.each([
  ['an hour', span('2027-03-01', 540, '2027-03-01', 600), null],
  ['nothing at all', span('2027-03-01', 540, '2027-03-01', 540), 'end-before-start'],
  ['the wrong way round', span('2027-03-01', 600, '2027-03-01', 540), 'end-before-start'],
  ['a night', span('2027-03-01', 1200, '2027-03-02', 360), null],
  ['days the wrong way round', span('2027-03-02', 0, '2027-03-01', 1440), 'end-before-start'],
  ['the longest', span('2027-03-01', 0, addDays('2027-03-01', LONGEST_ABSENCE_DAYS - 1), 1440), null],
  ['a day more', span('2027-03-01', 0, addDays('2027-03-01', LONGEST_ABSENCE_DAYS), 1), 'too-long'],
])('%s', (_, given, fault) => expect(whyNotAbsent(given)).toBe(fault))

test.each([
  ['the night of March, an hour short', '2027-03-28', 3],
  ['any night', '2027-03-29', 4],
  ['the night of October, an hour long', '2027-10-31', 5],
])('from one to five in the morning, %s', (_, day, hours) => {
  const { startMs, endMs } = absenceInterval('Europe/Paris', span(day, 60, day, 300))
  expect((endMs - startMs) / 3_600_000).toBe(hours)
})
