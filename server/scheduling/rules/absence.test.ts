import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  absenceColor,
  absenceInterval,
  absenceTimes,
  endsOnOf,
  isNewlyAway,
  KIND_COLORS,
  LONGEST_ABSENCE_DAYS,
  planAbsence,
  whyNotAbsent,
  type AwaySeries,
} from './absence'
import { MOTIF_COLORS } from '@/server/directory/rules/color'
import { addDays, civilDayOf, dayNumberOf, instantMs } from './civil'
import { formatRecurrence } from './recurrence'
import { fallsOn, occurrencesBetween } from './series'

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
])('%s', (_, given, fault) => expect(whyNotAbsent({ ...given, rrule: null })).toBe(fault))

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

test.each([
  ['a rule of no sense', 'FREQ=SOMETIMES', 'bad-rule'],
  ['a rule over before it begins', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270201', 'until-before-first'],
  ['a rule that leaves its first day out', 'FREQ=WEEKLY;BYDAY=TU', 'first-day-not-in-rule'],
  ['every Monday', 'FREQ=WEEKLY;BYDAY=MO', null],
])('an absence by %s', (_, rrule, fault) =>
  expect(whyNotAbsent({ ...span('2027-03-01', 1200, '2027-03-02', 360), rrule })).toBe(fault),
)

test('shows the colour chosen, else its kind’s, which the palette has', () => {
  expect(absenceColor({ kind: 'leave', color: '#1e3a8a' })).toBe('#1e3a8a')
  for (const [kind, color] of Object.entries(KIND_COLORS)) {
    expect(absenceColor({ kind: kind as keyof typeof KIND_COLORS, color: null })).toBe(color)
    expect(Object.keys(MOTIF_COLORS)).toContain(color)
  }
})

const ZONE = 'Europe/Paris'
const someDay = fc.integer({ min: dayNumberOf('2027-01-01'), max: dayNumberOf('2027-04-30') }).map(civilDayOf)
const someHours = fc
  .record({
    lasting: fc.integer({ min: 0, max: 3 }),
    a: fc.integer({ min: 0, max: 1440 }),
    b: fc.integer({ min: 0, max: 1440 }),
  })
  .filter(({ lasting, a, b }) => lasting > 0 || a !== b)
  .map(({ lasting, a, b }) =>
    lasting > 0 ? { lasting, startMin: a, endMin: b } : { lasting, startMin: Math.min(a, b), endMin: Math.max(a, b) },
  )
/** A weekly absence, perhaps of several days, and one day its rule falls on. */
const someAbsence = fc
  .record({
    firstDay: someDay,
    hours: someHours,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    until: fc.option(fc.constantFrom('2027-06-01', '2027-09-01'), { nil: null }),
    pick: fc.nat(10),
  })
  .map(({ firstDay, hours: { lasting, ...hours }, weekdays, until, pick }) => {
    const sorted = [...weekdays].sort((a, b) => a - b)
    const rrule = formatRecurrence({ kind: 'weekly', interval: 1, until, weekdays: sorted })
    const series: AwaySeries = {
      firstDay,
      lastDay: addDays(firstDay, lasting),
      ...hours,
      rrule,
      exceptions: [],
      zone: ZONE,
    }
    return { series, day: occurrencesBetween(series, firstDay, addDays(firstDay, 120))[pick]?.onDay ?? firstDay }
  })
  .filter(({ series, day }) => fallsOn(series, day))

const givenFrom = (
  series: AwaySeries,
  firstDay: string,
  { lasting, ...hours }: { lasting: number; startMin: number; endMin: number },
) => {
  const { rrule, zone } = series
  return { rrule, zone, firstDay, lastDay: addDays(firstDay, lasting), ...hours }
}

describe('a change of an absence', () => {
  test('never leaves an occurrence that ends before it begins, whatever was moved before', () =>
    fc.assert(
      fc.property(
        ...[someAbsence, someDay, fc.nat(1439), someHours],
        fc.constantFrom('following' as const, 'all' as const),
        ({ series, day }, toDay, startMin, hours, scope) => {
          const lasting = dayNumberOf(series.lastDay) - dayNumberOf(series.firstDay)
          const one = { lasting, startMin, endMin: lasting > 0 ? 0 : 1440 }
          const moved = planAbsence(series, { scope: 'this', day, given: givenFrom(series, toDay, one) }).row
          expect(moved).not.toBe(null)
          if (!moved) return
          const given = givenFrom(series, scope === 'all' ? series.firstDay : day, hours)
          const { row, begun } = planAbsence(moved, { scope, day, given })
          for (const changed of [row, begun].filter((some) => some !== null))
            for (const exception of changed.exceptions)
              if (exception.kind === 'moved' && changed.lastDay === changed.firstDay)
                expect(exception.endMin).toBeGreaterThan(exception.startMin)
        },
      ),
    ))

  test('of one date hurts only who stands there then, and of hours only who stood outside them', () =>
    fc.assert(
      fc.property(someAbsence, someDay, fc.nat(1439), ({ series, day }, toDay, minute) => {
        const lasting = dayNumberOf(series.lastDay) - dayNumberOf(series.firstDay)
        const { startMin, endMin } = series
        const change = { scope: 'this', day, given: givenFrom(series, toDay, { lasting, startMin, endMin }) } as const
        const { row } = planAbsence(series, change)
        const startMs = instantMs(ZONE, toDay, minute)
        const time = { startMs, endMs: startMs + 60_000 }
        const isWithin = (one: AwaySeries) =>
          absenceTimes(one, '2026-01-01', '2028-01-01').some(
            (away) => away.startMs < time.endMs && time.startMs < away.endMs,
          )
        expect(isNewlyAway(time, series, row ? [row] : [])).toBe(row !== null && isWithin(row) && !isWithin(series))
        expect(isNewlyAway(time, null, [series])).toBe(isWithin(series))
      }),
    ))

  test('leaves the last day it may end on where the search of slots finds it', () =>
    fc.assert(
      fc.property(someAbsence, ({ series }) => {
        const endsOn = endsOnOf(series)
        expect(endsOn === null).toBe(!(series.rrule ?? '').includes('UNTIL'))
        if (endsOn === null) return
        const lastMs = Math.max(...absenceTimes(series, series.firstDay, '2028-01-01').map(({ endMs }) => endMs))
        expect(lastMs).toBeLessThanOrEqual(instantMs(ZONE, endsOn, 1440))
      }),
    ))
})
