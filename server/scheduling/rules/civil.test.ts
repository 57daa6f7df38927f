import { fromZonedTime } from 'date-fns-tz'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  civilDayOf,
  dayNumberOf,
  diffDays,
  instantMinOf,
  instantMs,
  isCivilDay,
  isZone,
  wallClock,
  weekdayOf,
  zoneDays,
} from './civil'

const RUNS = { numRuns: 2000 }
const HOUR_MS = 3_600_000
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)
const at = (hours: number, minutes = 0) => hours * 60 + minutes
const ZONES = [
  'Europe/Paris',
  'Indian/Reunion',
  'America/Guadeloupe',
  'America/Miquelon',
  'America/Havana',
  'Asia/Beirut',
]
const someDay = fc.integer({ min: dayNumberOf('1971-01-01'), max: dayNumberOf('2100-12-31') }).map(civilDayOf)
const someMinute = fc.integer({ min: 0, max: 1440 })

describe('the calendar', () => {
  test.each([
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2027-02-29',
    '1900-02-29',
    '26-01-01',
    '2026-1-1',
    '',
  ])('%j is no civil day', (text) => expect(isCivilDay(text)).toBe(false))

  test.each(['2026-02-28', '2028-02-29', '2000-02-29', '1990-02-28', '2026-12-31'])('%s is a civil day', (text) => {
    expect(isCivilDay(text)).toBe(true)
    expect(civilDayOf(dayNumberOf(text))).toBe(text)
  })

  test('a text around a civil day is no civil day', () => {
    expect(['2026-01-01T', ' 2026-01-01', '2026/01/01', '2026-01-0x'].filter(isCivilDay)).toEqual([])
  })

  test('days are added and counted across months, years and leap days', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(diffDays('2026-03-28', '2026-03-30')).toBe(2)
    expect(diffDays('2026-03-30', '2026-03-28')).toBe(-2)
  })

  test('weekdays run from Monday 1 to Sunday 7, before 1970 too', () => {
    expect(['2027-03-01', '2027-03-06', '2027-03-07', '1969-12-31'].map(weekdayOf)).toEqual([1, 6, 7, 3])
  })
})

describe('wall-clock time', () => {
  test.each([
    ['Europe/Paris', '2026-01-15', at(9), '2026-01-15T08:00'],
    ['Europe/Paris', '2026-07-15', at(9), '2026-07-15T07:00'],
    ['Indian/Reunion', '2026-07-15', at(9), '2026-07-15T05:00'],
    ['America/Martinique', '2026-07-15', at(9), '2026-07-15T13:00'],
    ['America/Cayenne', '2026-07-15', at(22), '2026-07-16T01:00'],
    ['Indian/Mayotte', '2026-01-01', at(1), '2025-12-31T22:00'],
    ['Europe/Paris', '2026-07-15', at(24), '2026-07-15T22:00'],
  ])('in %s on %s, minute %i is %s UTC', (zone, day, minute, expected) =>
    expect(iso(instantMs(zone, day, minute))).toBe(expected),
  )

  test('a time skipped in March is the instant the clock jumps', () => {
    const jump = '2026-03-29T01:00'
    for (const minute of [at(2), at(2, 30), at(3)])
      expect(iso(instantMs('Europe/Paris', '2026-03-29', minute))).toBe(jump)
    expect(iso(instantMs('Europe/Paris', '2026-03-29', at(1, 59)))).toBe('2026-03-29T00:59')
    expect(iso(instantMs('Europe/Paris', '2026-03-29', at(3, 1)))).toBe('2026-03-29T01:01')
  })

  test('a time that comes twice in October is its first passage', () => {
    expect(iso(instantMs('Europe/Paris', '2026-10-25', at(2, 30)))).toBe('2026-10-25T00:30')
    expect(iso(instantMs('Europe/Paris', '2026-10-25', at(2, 59)))).toBe('2026-10-25T00:59')
    expect(iso(instantMs('Europe/Paris', '2026-10-25', at(3)))).toBe('2026-10-25T02:00')
  })

  test.each([
    ['2026-03-29', 3],
    ['2026-10-25', 5],
    ['2026-06-01', 4],
  ])('from 01:00 to 05:00 on %s there are %i hours', (day, hours) =>
    expect(instantMs('Europe/Paris', day, at(5)) - instantMs('Europe/Paris', day, at(1))).toBe(hours * HOUR_MS),
  )

  test('both passages of an October hour read the same on the clock', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30)
    expect(wallClock('Europe/Paris', first)).toEqual({ onDay: '2026-10-25', minuteOfDay: at(2, 30) })
    expect(wallClock('Europe/Paris', first + HOUR_MS)).toEqual({ onDay: '2026-10-25', minuteOfDay: at(2, 30) })
  })

  test('a midnight skipped is the start of the day', () => {
    expect(iso(instantMs('America/Havana', '2026-03-08', 0))).toBe('2026-03-08T05:00')
    expect(wallClock('America/Havana', Date.UTC(2026, 2, 8, 5))).toEqual({ onDay: '2026-03-08', minuteOfDay: 60 })
  })

  test('a day that never was is empty', () => {
    const skipped = [0, at(10), at(24)].map((minute) => instantMs('Pacific/Apia', '2011-12-30', minute))
    expect(new Set(skipped)).toEqual(new Set([Date.UTC(2011, 11, 30, 10)]))
  })

  test('only the names of time zones are time zones', () => {
    expect(['Europe/Paris', 'Indian/Reunion', 'UTC'].filter((name) => !isZone(name))).toEqual([])
    expect(['Europe/Pariss', '', '+02:00', 'hello world', '__proto__'].filter(isZone)).toEqual([])
    expect(() => instantMs('Europe/Pariss', '2026-01-01', 0)).toThrow('unknown time zone')
  })
})

describe('wall-clock time, in general', () => {
  const inZone = (zone: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
  const formats = new Map(ZONES.map((zone) => [zone, inZone(zone)]))

  test('the clock reads what the platform says', () => {
    const someMs = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2100, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), someMs, (zone, ms) => {
        const { onDay, minuteOfDay } = wallClock(zone, ms)
        const hour = String(Math.floor(minuteOfDay / 60)).padStart(2, '0')
        const minute = String(minuteOfDay % 60).padStart(2, '0')
        expect(`${onDay}, ${hour}:${minute}`).toBe(formats.get(zone)!.format(ms))
      }),
      RUNS,
    )
  })

  test('an instant is the first at which the clock reads that time or later', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), someDay, someMinute, (zone, day, minute) => {
        const ms = instantMs(zone, day, minute)
        const localMin = ({ onDay, minuteOfDay }: ReturnType<typeof wallClock>) =>
          dayNumberOf(onDay) * 1440 + minuteOfDay
        const wanted = dayNumberOf(day) * 1440 + minute
        expect(localMin(wallClock(zone, ms))).toBeGreaterThanOrEqual(wanted)
        expect(localMin(wallClock(zone, ms - 60_000))).toBeLessThan(wanted)
      }),
      RUNS,
    )
  })

  test('the table of days says the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), someDay, fc.nat(90), someMinute, (zone, day, later, minute) => {
        const first = dayNumberOf(day)
        const days = zoneDays(zone, first, 91)
        expect(instantMinOf(days, first + later, minute) * 60_000).toBe(instantMs(zone, addDays(day, later), minute))
      }),
      RUNS,
    )
  })

  test('away from clock changes, it is what date-fns-tz says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Paris', 'Indian/Reunion'),
        fc.nat(60),
        fc.nat(1439),
        (zone, later, minute) => {
          const day = addDays('2026-06-01', later)
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          expect(instantMs(zone, day, minute)).toBe(fromZonedTime(`${day}T${time}:00`, zone).getTime())
        },
      ),
      RUNS,
    )
  })
})
