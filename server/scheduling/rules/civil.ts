/** A day of the calendar, 'YYYY-MM-DD', without hour or zone. */
export type CivilDay = string

/** Minutes of a civil day whose clocks do not change; also the minute that ends a day. */
export const DAY_MIN = 1440
export const MINUTE_MS = 60_000
const DAY_MS = DAY_MIN * MINUTE_MS
const WEEK_MIN = 7 * DAY_MIN

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const
const DAYS_BEFORE_1970 = 719_163
const DASH = 45
const ZERO = 48

function digits(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

/** Days of a month, 1 = January. */
export function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && isLeap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
}

/** Day number of a year, month (1–12) and day known to exist. Pure arithmetic: no `Date`, hence no server's zone. */
export function dayNumber(year: number, month: number, dayOfMonth: number): number {
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const leapDay = month > 2 && daysInMonth(year, 2) === 29 ? 1 : 0
  return before * 365 + leapDays + (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay + dayOfMonth - DAYS_BEFORE_1970
}

/** Days from 1970-01-01 to a civil day, negative before; NaN when the text is no day of the calendar (2026-02-30). */
export function dayNumberOf(day: CivilDay): number {
  if (day.length !== 10 || day.charCodeAt(4) !== DASH || day.charCodeAt(7) !== DASH) return NaN
  const year = digits(day, 0, 4)
  const month = digits(day, 5, 7)
  const dayOfMonth = digits(day, 8, 10)
  return dayOfMonth >= 1 && dayOfMonth <= daysInMonth(year, month) ? dayNumber(year, month, dayOfMonth) : NaN
}

/** The civil day that is `number` days after 1970-01-01. */
export const civilDayOf = (number: number): CivilDay => new Date(number * DAY_MS).toISOString().slice(0, 10)

/** Whether a text is a day of the calendar in the form 'YYYY-MM-DD'. */
export const isCivilDay = (text: string): boolean => !Number.isNaN(dayNumberOf(text))

/** The civil day `days` later, earlier when negative. Throws on what is no civil day. */
export const addDays = (day: CivilDay, days: number): CivilDay => civilDayOf(dayNumberOf(day) + days)

/** Days from one civil day to another; negative when the second comes first. */
export const diffDays = (from: CivilDay, to: CivilDay): number => dayNumberOf(to) - dayNumberOf(from)

/** ISO weekday of a day number: Monday 1 … Sunday 7. */
export const weekdayOfNumber = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1

/** ISO weekday of a civil day: Monday 1 … Sunday 7. */
export const weekdayOf = (day: CivilDay): number => weekdayOfNumber(dayNumberOf(day))

/** From `fromMin` (UTC minutes since the epoch) until the next stretch, clocks run `offsetMin` minutes ahead of UTC. */
type Stretch = { fromMin: number; offsetMin: number }
type Zone = { format: Intl.DateTimeFormat; years: Map<number, readonly Stretch[]> }

const MAX_ZONES = 1000
const zones = new Map<string, Zone>()

function findZone(name: string): Zone | null {
  const known = zones.get(name)
  if (known) return known
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
    const zone: Zone = { format, years: new Map() }
    if (zones.size >= MAX_ZONES) zones.clear()
    zones.set(name, zone)
    return zone
  } catch {
    return null
  }
}

function zoneNamed(name: string): Zone {
  const zone = findZone(name)
  if (!zone) throw new RangeError(`unknown time zone: ${name}`)
  return zone
}

/** Whether a name is an IANA time zone this machine knows. */
export const isZone = (name: string): boolean => findZone(name) !== null

function offsetMinAt({ format }: Zone, atMin: number): number {
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(atMin * MINUTE_MS)) ?? []
  const sizeMin = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '-' ? -sizeMin : sizeMin
}

function firstMinuteWithOffset(zone: Zone, afterMin: number, byMin: number, offsetMin: number): number {
  let [before, reached] = [afterMin, byMin]
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2)
    if (offsetMinAt(zone, middle) === offsetMin) reached = middle
    else before = middle
  }
  return reached
}

/** One look a week finds every clock change of a year (the shortest, Ramadan in Morocco, lasts a month); kept per zone. */
function stretchesOfYear(zone: Zone, year: number): readonly Stretch[] {
  const known = zone.years.get(year)
  if (known) return known
  const yearEndMin = dayNumber(year + 1, 1, 1) * DAY_MIN
  let atMin = dayNumber(year, 1, 1) * DAY_MIN
  let offsetMin = offsetMinAt(zone, atMin)
  const stretches = [{ fromMin: atMin, offsetMin }]
  while (atMin < yearEndMin) {
    const nextMin = Math.min(atMin + WEEK_MIN, yearEndMin)
    const nextOffsetMin = offsetMinAt(zone, nextMin)
    if (nextOffsetMin !== offsetMin) {
      stretches.push({ fromMin: firstMinuteWithOffset(zone, atMin, nextMin, nextOffsetMin), offsetMin: nextOffsetMin })
    }
    atMin = nextMin
    offsetMin = nextOffsetMin
  }
  zone.years.set(year, stretches)
  return stretches
}

const yearOf = (utcMin: number): number => new Date(utcMin * MINUTE_MS).getUTCFullYear()

/** The stretches around local days: a day early and a day late, because the local year starts before or after UTC's. */
function stretchesAround(zone: Zone, fromLocalMin: number, toLocalMin: number): readonly Stretch[] {
  const [first, last] = [yearOf(fromLocalMin - DAY_MIN), yearOf(toLocalMin + DAY_MIN)]
  if (first === last) return stretchesOfYear(zone, first)
  return Array.from({ length: last - first + 1 }, (_, i) => stretchesOfYear(zone, first + i)).flat()
}

/**
 * The one rule of wall-clock time: it is the first instant at which the clock reads `localMin` or later.
 * So a time skipped in March is the instant the clock jumps, a time that comes twice in October is its first passage
 * (start and end alike), and neighbouring openings stay neighbours on both nights.
 */
function firstInstantMin(stretches: readonly Stretch[], localMin: number): number {
  let instantMin = NaN
  for (const [i, { fromMin, offsetMin }] of stretches.entries()) {
    instantMin = Math.max(fromMin, localMin - offsetMin)
    if (instantMin < (stretches[i + 1]?.fromMin ?? Infinity)) break
  }
  return instantMin
}

/** Instant of a wall-clock minute (0–1440) of a civil day in a zone; gaps and folds as `firstInstantMin`. Throws on an unknown zone. */
export function instantMs(zone: string, day: CivilDay, minuteOfDay: number): number {
  const localMin = dayNumberOf(day) * DAY_MIN + minuteOfDay
  return firstInstantMin(stretchesAround(zoneNamed(zone), localMin, localMin), localMin) * MINUTE_MS
}

/** What calendar and clock read in a zone at an instant; seconds are dropped. Throws on an unknown zone. */
export function wallClock(zone: string, ms: number): { onDay: CivilDay; minuteOfDay: number } {
  const localMin = localMinAt(zone, ms)
  const number = Math.floor(localMin / DAY_MIN)
  return { onDay: civilDayOf(number), minuteOfDay: localMin - number * DAY_MIN }
}

/** The day number of an instant in a zone. Throws on an unknown zone. */
export const dayNumberAt = (zone: string, ms: number): number => Math.floor(localMinAt(zone, ms) / DAY_MIN)

function localMinAt(zone: string, ms: number): number {
  const utcMin = Math.floor(ms / MINUTE_MS)
  const stretch = stretchesOfYear(zoneNamed(zone), yearOf(utcMin)).findLast(({ fromMin }) => fromMin <= utcMin)
  return utcMin + (stretch?.offsetMin ?? 0)
}

/** `count` days of a zone from day number `first`: `midnightMin[i]` is the UTC minute day `first + i` starts, one more for the end. */
export type ZoneDays = {
  first: number
  count: number
  midnightMin: Int32Array
  stretches: readonly Stretch[]
}

/** The table of days the engine works from, made by arithmetic from the zone's known clock changes. Throws on an unknown zone. */
export function zoneDays(zone: string, first: number, count: number): ZoneDays {
  const stretches = stretchesAround(zoneNamed(zone), first * DAY_MIN, (first + count) * DAY_MIN)
  const midnightMin = new Int32Array(count + 1)
  let at = 0
  for (let i = 0; i <= count; i++) {
    const localMin = (first + i) * DAY_MIN
    let stretch = stretches[at]
    let nextMin = stretches[at + 1]?.fromMin ?? Infinity
    while (stretch && localMin - stretch.offsetMin >= nextMin) {
      stretch = stretches[++at]
      nextMin = stretches[at + 1]?.fromMin ?? Infinity
    }
    if (stretch) midnightMin[i] = Math.max(stretch.fromMin, localMin - stretch.offsetMin)
  }
  return { first, count, midnightMin, stretches }
}

/** UTC minute of a wall-clock minute (0–1440) of a day of the table. */
export function instantMinOf(days: ZoneDays, number: number, minuteOfDay: number): number {
  const i = number - days.first
  const midnightMin = days.midnightMin[i] as number
  // a day of 1,440 minutes keeps its clock: nothing to resolve
  if ((days.midnightMin[i + 1] as number) - midnightMin === DAY_MIN) return midnightMin + minuteOfDay
  return firstInstantMin(days.stretches, number * DAY_MIN + minuteOfDay)
}
