import { expect, test } from 'vitest'
import { repeatOf, rruleOf } from './repeat'

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
