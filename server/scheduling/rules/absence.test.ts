import { expect, test } from 'vitest'
import { absenceInterval, absenceTimes, LONGEST_ABSENCE_DAYS, whyNotAbsent } from './absence'
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

const row = (given: object) => ({
  id: 1,
  agentId: 1,
  zone: 'Europe/Paris',
  ...span('2027-03-01', 540, '2027-03-01', 600),
  rrule: null,
  exceptions: [],
  ...given,
})
const shown = (given: object, fromDay: string, toDay: string) =>
  absenceTimes(row(given), fromDay, toDay).map(({ startMs, endMs }) =>
    [startMs, endMs].map((ms) => new Date(ms).toJSON().slice(5, 16)),
  )

test.each([
  ['once, within', {}, '2027-03-01', '2027-03-07', [['03-01T08:00', '03-01T09:00']]],
  ['once, before', {}, '2027-03-02', '2027-03-07', []],
  [
    'begun before and not over',
    { lastDay: '2027-03-03' },
    '2027-03-03',
    '2027-03-03',
    [['03-01T08:00', '03-03T09:00']],
  ],
  ['over by then', { lastDay: '2027-03-03' }, '2027-03-04', '2027-03-04', []],
  [
    'each week, one cancelled and one moved, across the night the clocks change',
    {
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      exceptions: [
        { onDay: '2027-03-08', kind: 'cancelled' },
        { onDay: '2027-03-15', kind: 'moved', toDay: '2027-03-16', startMin: 600, endMin: 660 },
      ],
    },
    '2027-03-01',
    '2027-03-31',
    [
      ['03-01T08:00', '03-01T09:00'],
      ['03-16T09:00', '03-16T10:00'],
      ['03-22T08:00', '03-22T09:00'],
      ['03-29T07:00', '03-29T08:00'],
    ],
  ],
  ['by a rule that makes no sense', { rrule: 'FREQ=SOMETIMES' }, '2027-03-01', '2027-03-31', []],
])('an absence %s', (_, given, fromDay, toDay, times) => expect(shown(given, fromDay, toDay)).toEqual(times))
