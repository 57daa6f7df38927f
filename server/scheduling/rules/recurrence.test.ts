import fc from 'fast-check'
import { RRuleTemporal } from 'rrule-temporal'
import { describe, expect, test } from 'vitest'
import { addDays, civilDayOf, dayNumberOf } from './civil'
import {
  type OccurrenceException,
  type Recurrence,
  type Series,
  formatRecurrence,
  occurrenceDays,
  occurrencesOf,
  parseRecurrence,
} from './recurrence'

const RUNS = { numRuns: 2000 }

function daysOf(
  rrule: string | null,
  firstDay: string,
  from: string,
  to: string,
  exceptions: OccurrenceException[] = [],
) {
  const found = occurrencesOf({ firstDay, rrule, exceptions }, dayNumberOf(from), dayNumberOf(to))
  if (!found.ok) throw new Error(found.reason)
  return found.value.days.map(civilDayOf)
}

const someDay = fc.integer({ min: dayNumberOf('2024-01-01'), max: dayNumberOf('2032-12-31') }).map(civilDayOf)
const common = {
  interval: fc.integer({ min: 1, max: 6 }),
  until: fc.option(someDay, { nil: null }),
}
const someRecurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constant('weekly' as const),
    weekdays: fc
      .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
      .map((days) => days.sort((a, b) => a - b)),
  }),
  fc.record({
    ...common,
    kind: fc.constant('monthly-weekday' as const),
    nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
    weekday: fc.integer({ min: 1, max: 7 }),
  }),
  fc.record({
    ...common,
    kind: fc.constant('monthly-day' as const),
    dayOfMonth: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1)),
  }),
)

describe('the stored form', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO,SA,SU', { kind: 'weekly', interval: 1, until: null, weekdays: [1, 6, 7] }],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271231',
      { kind: 'weekly', interval: 2, until: '2027-12-31', weekdays: [2] },
    ],
    ['FREQ=MONTHLY;BYDAY=2TU', { kind: 'monthly-weekday', interval: 1, until: null, nth: 2, weekday: 2 }],
    ['FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR', { kind: 'monthly-weekday', interval: 3, until: null, nth: -1, weekday: 5 }],
    ['FREQ=MONTHLY;BYMONTHDAY=31', { kind: 'monthly-day', interval: 1, until: null, dayOfMonth: 31 }],
  ])('%s is read', (rrule, value) => expect(parseRecurrence(rrule)).toEqual({ ok: true, value }))

  test('weekdays are read in any order, weeks starting on Monday', () => {
    const parsed = parseRecurrence('WKST=MO;BYDAY=SU,MO;FREQ=WEEKLY')
    expect(parsed).toEqual(parseRecurrence('FREQ=WEEKLY;BYDAY=MO,SU'))
  })

  test.each([
    ['', 'malformed-rule'],
    ['every monday', 'malformed-rule'],
    ['FREQ=WEEKLY;;BYDAY=MO', 'malformed-rule'],
    ['FREQ=WEEKLY;BYDAY=MO;BYDAY=TU', 'malformed-rule'],
    ['RRULE:FREQ=WEEKLY;BYDAY=MO', 'malformed-rule'],
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=3', 'unsupported-rule'],
    ['FREQ=DAILY', 'unsupported-rule'],
    ['BYDAY=MO', 'unsupported-rule'],
    ['FREQ=WEEKLY;BYDAY=MO;WKST=SU', 'unsupported-rule'],
    ['FREQ=WEEKLY;BYMONTHDAY=3', 'unsupported-rule'],
    ['FREQ=MONTHLY', 'unsupported-rule'],
    ['FREQ=MONTHLY;BYDAY=2TU;BYMONTHDAY=3', 'unsupported-rule'],
    ['FREQ=WEEKLY;BYDAY=MO;INTERVAL=0', 'bad-interval'],
    ['FREQ=WEEKLY;BYDAY=MO;INTERVAL=-1', 'bad-interval'],
    ['FREQ=WEEKLY;BYDAY=MO;INTERVAL=100', 'bad-interval'],
    ['FREQ=WEEKLY', 'bad-weekdays'],
    ['FREQ=WEEKLY;BYDAY=XX', 'bad-weekdays'],
    ['FREQ=WEEKLY;BYDAY=MO,MO', 'bad-weekdays'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'bad-weekdays'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'bad-weekdays'],
    ['FREQ=MONTHLY;BYDAY=MO', 'bad-weekdays'],
    ['FREQ=MONTHLY;BYDAY=1MO,3MO', 'bad-weekdays'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'bad-month-day'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'bad-month-day'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'bad-month-day'],
    ['FREQ=WEEKLY;BYDAY=MO;UNTIL=20270230', 'bad-until'],
    ['FREQ=WEEKLY;BYDAY=MO;UNTIL=20271231T000000Z', 'bad-until'],
  ])('%j is refused: %s', (rrule, reason) => expect(parseRecurrence(rrule)).toEqual({ ok: false, reason }))

  test('what is written is read back unchanged', () => {
    fc.assert(
      fc.property(someRecurrence, (recurrence) => {
        expect(parseRecurrence(formatRecurrence(recurrence))).toEqual({ ok: true, value: recurrence })
      }),
      RUNS,
    )
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `FREQ=WEEKLY;BYDAY=MO;${text}`),
        ),
        (text) => {
          expect(typeof parseRecurrence(text).ok).toBe('boolean')
        },
      ),
      RUNS,
    )
  })
})

describe('occurrences', () => {
  test('once is its first day', () => {
    expect(daysOf(null, '2027-03-01', '2027-03-01', '2027-03-02')).toEqual(['2027-03-01'])
    expect(daysOf(null, '2027-03-01', '2027-03-02', '2027-04-01')).toEqual([])
  })

  test('Saturdays and Sundays are days like others', () => {
    const days = daysOf('FREQ=WEEKLY;BYDAY=SA,SU', '2027-03-01', '2027-03-01', '2027-03-15')
    expect(days).toEqual(['2027-03-06', '2027-03-07', '2027-03-13', '2027-03-14'])
  })

  test('weeks count from the Monday of the first day’s week', () => {
    const days = daysOf('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR', '2027-03-03', '2027-03-01', '2027-04-01')
    expect(days).toEqual(['2027-03-05', '2027-03-15', '2027-03-19', '2027-03-29'])
  })

  test('a first day outside the weekdays is no occurrence', () => {
    expect(daysOf('FREQ=WEEKLY;BYDAY=TU', '2027-03-01', '2027-03-01', '2027-03-08')).toEqual(['2027-03-02'])
  })

  test('the last possible day is included', () => {
    const days = daysOf('FREQ=WEEKLY;BYDAY=MO;UNTIL=20270315', '2027-03-01', '2027-03-01', '2028-01-01')
    expect(days).toEqual(['2027-03-01', '2027-03-08', '2027-03-15'])
  })

  test('the last Friday, and the fifth where there is one', () => {
    const last = daysOf('FREQ=MONTHLY;BYDAY=-1FR', '2027-01-01', '2027-01-01', '2027-05-01')
    expect(last).toEqual(['2027-01-29', '2027-02-26', '2027-03-26', '2027-04-30'])
    const fifth = daysOf('FREQ=MONTHLY;BYDAY=5FR', '2027-01-01', '2027-01-01', '2027-08-01')
    expect(fifth).toEqual(['2027-01-29', '2027-04-30', '2027-07-30'])
  })

  test('the 31st skips the short months, the last day does not', () => {
    const thirtyFirst = daysOf('FREQ=MONTHLY;BYMONTHDAY=31', '2027-01-01', '2027-01-01', '2027-06-01')
    expect(thirtyFirst).toEqual(['2027-01-31', '2027-03-31', '2027-05-31'])
    const last = daysOf('FREQ=MONTHLY;BYMONTHDAY=-1', '2028-01-01', '2028-01-01', '2028-04-01')
    expect(last).toEqual(['2028-01-31', '2028-02-29', '2028-03-31'])
  })

  test('a series begun long ago costs no more than a new one', () => {
    const start = performance.now()
    for (let i = 0; i < 10_000; i++)
      occurrenceDays({ kind: 'weekly', interval: 1, weekdays: [1], until: null }, -700_000, 20_000, 20_007)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('exceptions', () => {
  const MONDAYS = 'FREQ=WEEKLY;BYDAY=MO'
  const find = (exceptions: OccurrenceException[], from = '2027-03-01', to = '2027-03-22', rrule = MONDAYS) => {
    const series: Series = { firstDay: '2027-03-01', rrule, exceptions }
    const found = occurrencesOf(series, dayNumberOf(from), dayNumberOf(to))
    if (!found.ok) throw new Error(found.reason)
    return { days: found.value.days.map(civilDayOf), movedTo: found.value.moved.map(({ toDay }) => toDay) }
  }
  const moved = (onDay: string, toDay: string) => ({ kind: 'moved' as const, onDay, toDay, startMin: 600, endMin: 660 })

  test('a cancelled occurrence is left out', () => {
    const { days } = find([{ kind: 'cancelled', onDay: '2027-03-08' }])
    expect(days).toEqual(['2027-03-01', '2027-03-15'])
  })

  test('a moved occurrence leaves its day and is found where it goes', () => {
    const exceptions = [moved('2027-03-08', '2027-03-10')]
    expect(find(exceptions)).toEqual({ days: ['2027-03-01', '2027-03-15'], movedTo: ['2027-03-10'] })
    expect(find(exceptions, '2027-03-08', '2027-03-09')).toEqual({ days: [], movedTo: [] })
    expect(find(exceptions, '2027-03-10', '2027-03-11')).toEqual({ days: [], movedTo: ['2027-03-10'] })
  })

  test('it may go past the end of its series', () => {
    const exceptions = [moved('2027-03-08', '2027-04-20')]
    const { movedTo } = find(exceptions, '2027-04-01', '2027-05-01', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270308')
    expect(movedTo).toEqual(['2027-04-20'])
  })

  test('an exception on a day that is no occurrence changes nothing', () => {
    expect(find([moved('2027-03-09', '2027-03-10')])).toEqual({
      days: ['2027-03-01', '2027-03-08', '2027-03-15'],
      movedTo: [],
    })
  })

  test('a malformed rule or first day is refused', () => {
    const series = { firstDay: '2027-03-01', rrule: 'FREQ=HOURLY', exceptions: [] }
    expect(occurrencesOf(series, 0, 1)).toEqual({ ok: false, reason: 'unsupported-rule' })
    const noDay = { firstDay: '2027-02-30', rrule: null, exceptions: [] }
    expect(occurrencesOf(noDay, 0, 1)).toEqual({ ok: false, reason: 'bad-first-day' })
  })
})

describe('occurrences, in general', () => {
  test('they are those rrule-temporal finds', () => {
    fc.assert(
      fc.property(someRecurrence, someDay, someDay, fc.nat(200), (recurrence, firstDay, from, length) => {
        const compact = firstDay.replaceAll('-', '')
        const rule = formatRecurrence(recurrence).replace(/UNTIL=(\d+)/, 'UNTIL=$1T000000Z')
        const oracle = new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${compact}T000000\nRRULE:${rule};WKST=MO` })
        const to = addDays(from, length)
        const expected = oracle
          .between(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`), true)
          .map((occurrence) => occurrence.toString().slice(0, 10))
        const found = occurrenceDays(recurrence, dayNumberOf(firstDay), dayNumberOf(from), dayNumberOf(to) + 1)
        expect(found.map(civilDayOf)).toEqual(expected)
      }),
      RUNS,
    )
  })

  test('a window cut in two gives the same days', () => {
    fc.assert(
      fc.property(someRecurrence, someDay, someDay, fc.nat(100), fc.nat(100), (recurrence, firstDay, from, a, b) => {
        const [first, start] = [dayNumberOf(firstDay), dayNumberOf(from)]
        const whole = occurrenceDays(recurrence, first, start, start + a + b)
        const parts = [[start, start + a] as const, [start + a, start + a + b] as const]
        expect(parts.flatMap(([one, other]) => occurrenceDays(recurrence, first, one, other))).toEqual(whole)
      }),
      RUNS,
    )
  })
})
