import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSendingTime, leavesAt } from '@/server/booking/rules/sending-hours'
import { isFresh, LATER_LEAD_MIN, remindersOf, remindsAt, type Remindable } from './reminder'

/** Monday to Saturday, from 8 h to 20 h: what a territory begins with. */
const USUAL_HOURS = { fromMin: 480, untilMin: 1200, weekdays: [1, 2, 3, 4, 5, 6], departmentNumber: '62' }
const H = 60
const at = (text: string) => new Date(text)
/** A Friday at ten, in Paris in winter. */
const FRIDAY: Remindable = {
  startsAt: at('2027-03-05T09:00:00Z'),
  toldAt: at('2027-02-01T09:00:00Z'),
  now: at('2027-02-01T09:00:00Z'),
  zone: 'Europe/Paris',
  hours: USUAL_HOURS,
}

test.each<[string, Partial<Remindable>, number, string | null]>([
  ['two days before', {}, 48 * H, '2027-03-03T09:00:00Z'],
  ['an hour before', {}, H, '2027-03-05T08:00:00Z'],
  ['placed 61 h before: two days before', { toldAt: at('2027-03-02T20:00:00Z') }, 48 * H, '2027-03-03T09:00:00Z'],
  ['placed 50 h before: the day before', { toldAt: at('2027-03-03T07:00:00Z') }, 48 * H, '2027-03-04T09:00:00Z'],
  ['placed 36 h before: the day before', { toldAt: at('2027-03-03T21:00:00Z') }, 48 * H, '2027-03-04T09:00:00Z'],
  ['placed 35 h before: they know', { toldAt: at('2027-03-03T22:00:00Z') }, 48 * H, null],
  ['placed at eight for ten: an hour before', { toldAt: at('2027-03-05T07:00:00Z') }, H, '2027-03-05T08:00:00Z'],
  ['placed 89 min before: nothing an hour before', { toldAt: at('2027-03-05T07:31:00Z') }, H, null],
  ['placed at six for ten: two hours before', { toldAt: at('2027-03-05T05:00:00Z') }, 2 * H, '2027-03-05T07:00:00Z'],
  ['placed 33 h before: they know, 24 h before', { toldAt: at('2027-03-04T00:00:00Z') }, 24 * H, null],
  [
    'of a Tuesday at ten: on Monday, not Sunday',
    { startsAt: at('2027-03-09T09:00:00Z') },
    48 * H,
    '2027-03-08T07:00:00Z',
  ],
  [
    'of a dawn, an hour before: the evening before',
    { startsAt: at('2027-03-05T06:30:00Z') },
    H,
    '2027-03-04T18:00:00Z',
  ],
  [
    'of a dawn placed in the night: at once, before it starts',
    { startsAt: at('2027-03-05T06:30:00Z'), toldAt: at('2027-03-04T22:00:00Z') },
    H,
    '2027-03-05T05:30:00Z',
  ],
  [
    'of a Monday at ten, the day before: on Saturday evening, not that morning',
    { startsAt: at('2027-03-08T09:00:00Z') },
    24 * H,
    '2027-03-06T18:00:00Z',
  ],
  [
    'of a Monday placed on Saturday at six: that morning, as they had just been told in the evening',
    { startsAt: at('2027-03-08T09:00:00Z'), toldAt: at('2027-03-06T17:00:00Z') },
    24 * H,
    '2027-03-08T07:00:00Z',
  ],
  [
    'of a Monday at ten, planned anew on Sunday: that morning',
    { startsAt: at('2027-03-08T09:00:00Z'), now: at('2027-03-07T07:00:00Z') },
    24 * H,
    '2027-03-08T07:00:00Z',
  ],
  [
    'of the Tuesday after Easter Monday at half past eight: on Saturday evening',
    { startsAt: at('2027-03-30T06:30:00Z') },
    48 * H,
    '2027-03-27T18:00:00Z',
  ],
  [
    'of the Tuesday after Easter Monday as the hours open: on Saturday evening, not on the Sunday',
    { startsAt: at('2027-03-30T06:00:00Z') },
    48 * H,
    '2027-03-27T18:00:00Z',
  ],
  [
    'of an evening, twelve hours after the hours open: that morning',
    { startsAt: at('2027-03-30T18:00:00Z') },
    24 * H,
    '2027-03-30T06:00:00Z',
  ],
])('%s', (_case, over, leadMin, due) => {
  expect(remindsAt(leadMin, { ...FRIDAY, ...over })).toEqual(due === null ? null : at(due))
})

test('several of them, in their order', () => {
  expect(remindersOf([24 * H, 7 * 24 * H], FRIDAY)).toEqual([
    { leadMin: 7 * 24 * H, dueAt: at('2027-02-26T09:00:00Z') },
    { leadMin: 24 * H, dueAt: at('2027-03-04T09:00:00Z') },
  ])
})

test('two that fall at the same moment are one', () => {
  const late = { ...FRIDAY, toldAt: at('2027-03-03T07:00:00Z') }
  expect(remindersOf([48 * H, 24 * H], late)).toEqual([{ leadMin: 24 * H, dueAt: at('2027-03-04T09:00:00Z') }])
})

test('one put off until another is nearly due is left out', () => {
  // Of a Tuesday at nine: the Sunday's waits for Monday at eight, an hour before Monday's own.
  const tuesday = { ...FRIDAY, startsAt: at('2027-03-09T08:00:00Z') }
  expect(remindersOf([48 * H, 24 * H], tuesday)).toEqual([{ leadMin: 24 * H, dueAt: at('2027-03-08T08:00:00Z') }])
  expect(remindersOf([2 * H, H], FRIDAY)).toHaveLength(2)
})

test('one brought forward to an evening is left out when another comes that day', () => {
  // Of a Monday at nine: the Sunday's goes to Saturday evening, ten hours after Saturday's own.
  const monday = { ...FRIDAY, startsAt: at('2027-03-08T08:00:00Z') }
  expect(remindersOf([48 * H, 24 * H], monday)).toEqual([{ leadMin: 48 * H, dueAt: at('2027-03-06T08:00:00Z') }])
  // Of the Tuesday after Easter Monday, both go to the same evening.
  const tuesday = { ...FRIDAY, startsAt: at('2027-03-30T06:30:00Z') }
  expect(remindersOf([48 * H, 24 * H], tuesday)).toEqual([{ leadMin: 24 * H, dueAt: at('2027-03-27T18:00:00Z') }])
})

test('whatever the hours: before the RDV starts, well after its people were told, and within the hours when that can be', () => {
  const start = at('2027-01-01T00:00:00Z').getTime()
  const cases = fc.record({
    startMin: fc.integer({ min: 60 * H, max: 365 * 24 * H }),
    toldMin: fc.integer({ min: 0, max: 60 * H }),
    leadMin: fc.integer({ min: H, max: 7 * 24 * H }),
    fromMin: fc.integer({ min: 0, max: 12 * H }),
    spanMin: fc.integer({ min: H, max: 12 * H }),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  })
  fc.assert(
    fc.property(cases, ({ startMin, toldMin, leadMin, fromMin, spanMin, weekdays }) => {
      const startsAt = new Date(start + startMin * 60_000)
      const toldAt = new Date(startsAt.getTime() - toldMin * 60_000)
      const hours = { fromMin, untilMin: fromMin + spanMin, weekdays, departmentNumber: '62' }
      const rdv = { startsAt, toldAt, now: toldAt, zone: 'Europe/Paris', hours }
      const due = remindsAt(leadMin, rdv)
      if (due === null) return
      expect(due < startsAt).toBe(true)
      expect(due.getTime() - toldAt.getTime()).toBeGreaterThanOrEqual(Math.min(12 * H, leadMin / 2) * 60_000)
      const wokenAt = !isSendingTime(due, hours, rdv.zone) && leavesAt(due, startsAt, hours, rdv.zone)
      // Outside them: at its very moment, as they open again too late.
      if (wokenAt) expect(wokenAt).toEqual(due)
    }),
  )
})

test.each([
  [2 * H, 59, true],
  [2 * H, 60, false],
  [48 * H, 12 * H - 1, true],
  [48 * H, 12 * H, false],
  [LATER_LEAD_MIN, 12 * H - 1, true],
])(
  'the reminder %i minutes before, to somebody told %i minutes ago, says what they just heard: %s',
  (lead, agoMin, is) => {
    const toldAt = new Date(FRIDAY.toldAt.getTime() - agoMin * 60_000)
    expect(isFresh(toldAt, FRIDAY.toldAt, lead)).toBe(is)
    expect(isFresh(null, FRIDAY.toldAt, lead)).toBe(false)
  },
)
