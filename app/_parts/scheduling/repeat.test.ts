import { expect, test } from 'vitest'
import { followDay, onceFrom, repeatOf, rruleOf } from './repeat'

test.each([
  [null, '2027-03-01'],
  ['FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270630', '2027-03-01'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '2027-03-01'],
  ['FREQ=MONTHLY;BYDAY=2TU', '2027-03-09'],
  ['FREQ=MONTHLY;INTERVAL=3;BYDAY=-1WE', '2027-03-31'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', '2027-03-15'],
])('the editor gives %s back unchanged', (rrule, firstDay) =>
  expect(rruleOf(repeatOf(rrule, firstDay), firstDay)).toBe(rrule),
)

test('a series on the one weekday of its first day follows it, another stays', () => {
  const monday = onceFrom('2027-03-01')
  expect(followDay(monday, '2027-03-01', '2027-03-04').weekdays).toEqual([4])
  expect(followDay(monday, '2027-03-01', '')).toBe(monday)
  const both = { ...monday, weekdays: [1, 2] }
  expect(followDay(both, '2027-03-01', '2027-03-04')).toBe(both)
})
