import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffDays, wallClock, weekdayOf } from '@/server/scheduling/rules/civil'
import {
  changedDates,
  followingOf,
  MAX_SERIES,
  MAX_WEEKS,
  placeIn,
  seriesDates,
  type RdvSeries,
  type RepeatRule,
  type SeriesRdv,
} from './rdv-series'

const PARIS = 'Europe/Paris'
const NOW = new Date('2027-03-01T06:00:00Z')
const weekly = (over: Partial<RepeatRule> = {}): RepeatRule => ({ everyWeeks: 1, untilDay: null, count: 3, ...over })
const isoOf = ({ startsAt }: { startsAt: Date[] }) => startsAt.map((at) => at.toISOString().slice(0, 16))

describe('the dates of a series', () => {
  test('keep the time on the clock, though it changes meanwhile', () => {
    const { startsAt, rrule } = seriesDates(new Date('2027-03-23T08:30:00Z'), PARIS, weekly(), NOW)
    expect(startsAt.map((at) => at.toISOString())).toEqual([
      '2027-03-23T08:30:00.000Z',
      '2027-03-30T07:30:00.000Z',
      '2027-04-06T07:30:00.000Z',
    ])
    expect(rrule).toBe('FREQ=WEEKLY;BYDAY=TU;UNTIL=20270406')
  })

  test('end on a day, that day included, or after a number, whichever comes first', () => {
    const from = new Date('2027-03-02T08:00:00Z')
    const until = (untilDay: string, count: number | null = null) =>
      isoOf(seriesDates(from, PARIS, weekly({ untilDay, count }), NOW)).length
    expect(until('2027-03-16')).toBe(3)
    expect(until('2027-03-15')).toBe(2)
    expect(until('2027-03-30', 2)).toBe(2)
    expect(until('2027-03-01')).toBe(0)
  })

  test('are twenty-six at most and five years ahead at most, and it is said that some are left out', () => {
    const from = new Date('2027-03-02T08:00:00Z')
    const long = seriesDates(from, PARIS, weekly({ untilDay: '2028-12-31', count: null }), NOW)
    expect(long).toMatchObject({ isCut: true, rrule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270824' })
    expect(long.startsAt).toHaveLength(26)
    const far = seriesDates(from, PARIS, weekly({ everyWeeks: 12, count: 26 }), NOW)
    expect(far.isCut).toBe(true)
    expect(far.startsAt.at(-1)?.getUTCFullYear()).toBeLessThanOrEqual(2032)
    expect(seriesDates(from, PARIS, weekly({ count: 26 }), NOW).isCut).toBe(false)
  })

  const rules = fc.record({
    everyWeeks: fc.integer({ min: 1, max: MAX_WEEKS }),
    untilDay: fc.option(fc.constantFrom('2027-03-20', '2027-12-31', '2030-06-30', '2040-01-01')),
    count: fc.integer({ min: 2, max: MAX_SERIES }),
  })
  test('whatever the rule and the zone: the same clock and weekday, so many weeks apart, in order, from the one given', () => {
    const minutes = fc.integer({ min: 0, max: 3 * 365 * 1440 })
    const zones = fc.constantFrom(PARIS, 'Indian/Reunion', 'America/Cayenne', 'America/New_York')
    fc.assert(
      fc.property(minutes, zones, rules, (minute, zone, rule) => {
        const startAt = new Date(NOW.getTime() + minute * 60_000)
        const clock = wallClock(zone, startAt.getTime())
        const { startsAt } = seriesDates(startAt, zone, rule, NOW)
        const clocks = startsAt.map((at) => wallClock(zone, at.getTime()))
        if (startsAt.length > 0) expect(startsAt[0]).toEqual(startAt)
        expect(startsAt.length).toBeLessThanOrEqual(Math.min(MAX_SERIES, rule.count))
        clocks.forEach(({ onDay, minuteOfDay }, i) => {
          expect(diffDays(clock.onDay, onDay)).toBe(i * 7 * rule.everyWeeks)
          expect(weekdayOf(onDay)).toBe(weekdayOf(clock.onDay))
          expect(rule.untilDay === null || onDay <= rule.untilDay).toBe(true)
          // The hour that a night in spring leaves out is the first one after it.
          const skipped = minuteOfDay - clock.minuteOfDay
          expect(skipped === 0 || (skipped > 0 && skipped <= 60 && clock.minuteOfDay < 4 * 60)).toBe(true)
        })
      }),
    )
  })
})

test('what changed since it was shown is told by its dates, and nothing else', () => {
  const [first, second] = [new Date('2027-03-02T08:00:00Z'), new Date('2027-03-09T08:00:00Z')]
  const dates = [
    { startAt: first, holiday: null, warnings: [{ kind: 'overlap' as const, agentId: 1 }] },
    { startAt: second, holiday: null, warnings: [{ kind: 'absent' as const, agentId: 1 }] },
  ]
  const shown = new Map([
    [first.getTime(), ['overlap' as const]],
    [second.getTime(), []],
  ])
  expect(changedDates(dates, shown)).toEqual([dates[1]])
  // A date left out was not asked for.
  expect(changedDates(dates, new Map([[first.getTime(), []]]))).toEqual([dates[0]])
})

describe('of an RDV in its series', () => {
  const rdv = (rdvId: number, day: number, over: Partial<SeriesRdv> = {}): SeriesRdv => ({
    rdvId,
    startAt: new Date(Date.UTC(2027, 2, day, 8)),
    status: 'unknown',
    phase: 'future',
    level: 'write',
    ...over,
  })
  const series: RdvSeries = {
    territoryId: 1,
    zone: PARIS,
    rdvs: [
      rdv(11, 2),
      rdv(12, 9, { status: 'revoked' }),
      rdv(13, 16),
      rdv(14, 23, { level: 'read' }),
      rdv(15, 30, { status: 'excused' }),
      rdv(16, 31),
    ],
  }
  const idsFrom = (rdvId: number, now = NOW) => followingOf(series, rdvId, now).map((one) => one.rdvId)

  test('its place counts from one', () => expect([11, 16].map((id) => placeIn(series, id))).toEqual([1, 6]))

  test('it and those after it are cancelled, when they are to come, live, and one’s to write', () => {
    expect(idsFrom(11)).toEqual([11, 13, 16])
    expect(idsFrom(13)).toEqual([13, 16])
    expect(idsFrom(15)).toEqual([16])
    expect(idsFrom(11, new Date('2027-03-20T00:00:00Z'))).toEqual([16])
    expect(idsFrom(99)).toEqual([])
  })
})
