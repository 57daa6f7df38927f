import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, civilDayOf, dayNumberOf, weekdayOf } from './civil'
import { formatRecurrence, type OccurrenceException, type Recurrence } from './recurrence'
import {
  cutSeries,
  lastDayOf,
  nextOccurrences,
  occurrencesBetween,
  lostDays,
  planChange,
  type Occurrence,
  type TimedSeries,
} from './series'

const [FROM, TO] = ['2025-12-01', '2028-02-01']
const someDay = fc.integer({ min: dayNumberOf('2026-01-01'), max: dayNumberOf('2026-06-30') }).map(civilDayOf)
const someUntil = fc.option(
  fc.integer({ min: dayNumberOf('2026-07-01'), max: dayNumberOf('2027-06-30') }).map(civilDayOf),
  { nil: null },
)
const common = { interval: fc.integer({ min: 1, max: 4 }), until: someUntil }
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
)

/** A series with some of its occurrences cancelled or moved, and one of the days its rule falls on. */
const someSeries: fc.Arbitrary<{ series: TimedSeries; day: string }> = fc
  .tuple(someRecurrence, someDay, fc.infiniteStream(fc.nat(20)) as fc.Arbitrary<Iterator<number, number>>)
  .map(([recurrence, firstDay, chance]) => {
    const next = (): number => chance.next().value
    const bare = { firstDay, rrule: formatRecurrence(recurrence), exceptions: [], startMin: 540, endMin: 720 }
    const days = occurrencesBetween(bare, FROM, TO).map(({ onDay }) => onDay)
    const exceptions = days.flatMap((onDay): OccurrenceException[] => {
      const draw = next()
      if (draw === 0) return [{ onDay, kind: 'cancelled' }]
      if (draw === 1) return [{ onDay, kind: 'moved', toDay: addDays(onDay, next() - 10), startMin: 600, endMin: 660 }]
      return []
    })
    return { series: { ...bare, exceptions }, day: days[next() % Math.max(1, days.length)] ?? '' }
  })
  .filter(({ day }) => day !== '')

const words = ({ onDay, toDay, startMin, endMin }: Occurrence) => `${onDay}>${toDay} ${startMin}-${endMin}`
const all = (...series: (TimedSeries | null)[]) =>
  series
    .flatMap((one) => (one ? occurrencesBetween(one, FROM, TO) : []))
    .sort((a, b) => words(a).localeCompare(words(b)))
const said = (...series: (TimedSeries | null)[]) => all(...series).map(words)
const bareOf = ({ firstDay, rrule, startMin, endMin }: TimedSeries) => ({ firstDay, rrule, startMin, endMin })

describe('a change says which occurrences it is about', () => {
  test('cutting a series loses nothing and doubles nothing', () =>
    fc.assert(
      fc.property(someSeries, ({ series, day }) => {
        const { before, after } = cutSeries(series, day)
        expect(said(before, after)).toEqual(said(series))
        expect(all(before).every(({ onDay }) => onDay < day)).toBe(true)
        expect(all(after).every(({ onDay }) => onDay >= day)).toBe(true)
        if (before) expect((lastDayOf(before) ?? '9') < day).toBe(true)
      }),
    ))

  test('« this » taken away takes one away, and no other', () =>
    fc.assert(
      fc.property(someSeries, ({ series, day }) => {
        const { row, begun } = planChange(series, { scope: 'this', day, given: null })
        const left = all(series).filter(({ onDay }) => onDay !== day)
        expect([said(row), begun]).toEqual([left.map(words), null])
      }),
    ))

  test('« this » changed moves one, and no other', () =>
    fc.assert(
      fc.property(someSeries, someDay, ({ series, day }, toDay) => {
        const given = { firstDay: toDay, rrule: null, startMin: 60, endMin: 90 }
        const { row } = planChange(series, { scope: 'this', day, given })
        const others = all(series).filter(({ onDay }) => onDay !== day)
        expect(said(row)).toEqual([...others.map(words), `${day}>${toDay} 60-90`].sort((a, b) => a.localeCompare(b)))
      }),
    ))

  test('« following » taken away leaves those before alone', () =>
    fc.assert(
      fc.property(someSeries, ({ series, day }) => {
        const { row, begun } = planChange(series, { scope: 'following', day, given: null })
        expect(said(row)).toEqual(
          all(series)
            .filter(({ onDay }) => onDay < day)
            .map(words),
        )
        expect(begun).toBe(null)
      }),
    ))

  test('« following » changed gives new hours to those from that day, moved or not, and to none before', () =>
    fc.assert(
      fc.property(someSeries, ({ series, day }) => {
        const given = { ...bareOf(series), firstDay: day, startMin: 800, endMin: 900 }
        const { row, begun } = planChange(series, { scope: 'following', day, given })
        const others = series.exceptions.filter(({ onDay }) => onDay !== day)
        const isMoved = ({ onDay }: Occurrence) => others.some((one) => one.kind === 'moved' && one.onDay === onDay)
        const meant = all({ ...series, exceptions: others })
          .map((one) => (one.onDay < day || isMoved(one) ? one : { ...one, startMin: 800, endMin: 900 }))
          .map(words)
        expect(said(row, begun)).toEqual(meant.sort((a, b) => a.localeCompare(b)))
      }),
    ))

  test('« following » from a moved date is where and when it was asked, that date too', () => {
    const moved = { onDay: '2026-03-16', kind: 'moved', toDay: '2026-03-18', startMin: 840, endMin: 960 } as const
    const mondays = { firstDay: '2026-03-02', rrule: 'FREQ=WEEKLY;BYDAY=MO', startMin: 540, endMin: 720 }
    const given = { ...mondays, firstDay: '2026-03-16', startMin: 600, endMin: 660 }
    const change = { scope: 'following', day: '2026-03-16', given } as const
    expect(planChange({ ...mondays, exceptions: [moved] }, change).begun).toEqual({ ...given, exceptions: [] })
  })

  test('« all » changes every one, and forgets exceptions about days that are none any more', () =>
    fc.assert(
      fc.property(someSeries, ({ series, day }) => {
        const weekday = weekdayOf(addDays(series.firstDay, 1))
        const rrule = formatRecurrence({ kind: 'weekly', interval: 1, until: null, weekdays: [weekday] })
        const given = { ...bareOf(series), rrule }
        const { row } = planChange(series, { scope: 'all', day, given })
        expect(row?.exceptions.every(({ onDay }) => weekdayOf(onDay) === weekday)).toBe(true)
        expect(planChange(series, { scope: 'all', day, given: null })).toEqual({ row: null, begun: null })
      }),
    ))

  test('« this » as the rule has it puts a date back, whatever had become of it', () =>
    fc.assert(
      fc.property(someSeries, ({ series, day }) => {
        const { row, begun } = planChange(series, { scope: 'this', day, given: { ...bareOf(series), firstDay: day } })
        expect(row?.exceptions).toEqual(series.exceptions.filter(({ onDay }) => onDay !== day))
        expect(begun).toBe(null)
      }),
    ))

  test('what does not repeat is changed whole', () => {
    const once: TimedSeries = { firstDay: '2026-03-02', rrule: null, exceptions: [], startMin: 540, endMin: 720 }
    const given = { ...bareOf(once), startMin: 600 }
    expect(planChange(once, { scope: 'this', day: '2026-03-02', given }).row).toMatchObject({ startMin: 600 })
    expect(planChange(once, { scope: 'following', day: '2026-03-02', given: null }).row).toBe(null)
  })
})

describe('the dates taken away that a change loses', () => {
  const exceptions: OccurrenceException[] = [
    { onDay: '2026-03-10', kind: 'cancelled' },
    { onDay: '2026-03-24', kind: 'cancelled' },
    { onDay: '2026-03-31', kind: 'moved', toDay: '2026-04-02', startMin: 540, endMin: 600 },
  ]
  const tuesdays = { firstDay: '2026-03-03', rrule: 'FREQ=WEEKLY;BYDAY=TU', startMin: 540, endMin: 720, exceptions }
  const lost = (over: Partial<TimedSeries>, scope: 'following' | 'all', day: string, fromDay = '2026-01-01') => {
    const change = { scope, day, given: { ...bareOf(tuesdays), ...over } }
    return lostDays(tuesdays, change, planChange<TimedSeries>(tuesdays, change), fromDay)
  }
  const wednesdays = { firstDay: '2026-03-18', rrule: 'FREQ=WEEKLY;BYDAY=WE' }

  test('are those that fall on another day from then on, and no past one', () => {
    expect(lost(wednesdays, 'following', '2026-03-17')).toEqual(['2026-03-24', '2026-03-31'])
    expect(lost({ ...wednesdays, firstDay: '2026-03-04' }, 'all', '2026-03-03', '2026-03-15')).toEqual([
      '2026-03-24',
      '2026-03-31',
    ])
  })
  test('are none when the days stay, nor when they are over before, nor the date it is asked from', () => {
    expect(lost({ startMin: 600 }, 'all', '2026-03-03')).toEqual([])
    expect(lost({ ...wednesdays, rrule: `${wednesdays.rrule};UNTIL=20260320` }, 'following', '2026-03-17')).toEqual([])
    expect(lost({ ...wednesdays, firstDay: '2026-03-25' }, 'following', '2026-03-24')).toEqual(['2026-03-31'])
  })
})

describe('the next occurrences', () => {
  const mondays = { firstDay: '2026-03-02', rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', startMin: 540, endMin: 720 }

  test('begin with the series, skip what is cancelled and follow what is moved', () => {
    const exceptions: OccurrenceException[] = [
      { onDay: '2026-03-16', kind: 'cancelled' },
      { onDay: '2026-03-30', kind: 'moved', toDay: '2026-04-01', startMin: 600, endMin: 660 },
    ]
    const found = nextOccurrences({ ...mondays, exceptions }, '2026-01-01', 3)
    expect(found.map(({ toDay }) => toDay)).toEqual(['2026-03-02', '2026-04-01', '2026-04-13'])
  })

  test('stop with the rule, and are found however rare', () => {
    const ending = { ...mondays, rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260310', exceptions: [] }
    expect(nextOccurrences(ending, '2026-03-03', 10).map(({ toDay }) => toDay)).toEqual(['2026-03-09'])
    const rare = { ...mondays, rrule: 'FREQ=MONTHLY;INTERVAL=99;BYDAY=1MO', exceptions: [] }
    expect(nextOccurrences(rare, '2026-03-02', 2)).toHaveLength(2)
  })
})
