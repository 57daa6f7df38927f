/** Days are whole numbers here (days since 1970-01-01), so that they add up; the rows carry 'YYYY-MM-DD'. */
export type Day = number

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export const civil = (day: Day) => new Date(day * DAY_MS).toISOString().slice(0, 10)
export const dayOf = (civilDay: string): Day => Date.parse(`${civilDay}T00:00:00Z`) / DAY_MS
export const dayOfMonth = (day: Day) => Number(civil(day).slice(8))
export const monthIndex = (day: Day) => Number(civil(day).slice(0, 4)) * 12 + Number(civil(day).slice(5, 7)) - 1
export const monday = (day: Day): Day => day - weekdayOf(day)

/** 0 for Monday … 6 for Sunday. */
export function weekdayOf(day: Day) {
  return (((day + 3) % 7) + 7) % 7
}

const wallClocks = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()

function wallClock(zone: string, instant: Date) {
  let format = wallClocks.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    wallClocks.set(zone, format)
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const day = dayOf(`${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`)
  return { day, min: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) }
}

/** The civil day and minute of the day on the wall clocks of `zone`. */
export const localTime = (zone: string, instant: Date) => wallClock(zone, instant)

/** The instant of a wall-clock time. One offset a day is enough: clocks change at night, nobody receives then. */
export function instantAt(zone: string, day: Day, min: number) {
  const key = `${zone}|${day}`
  let offsetMin = offsets.get(key)
  if (offsetMin === undefined) {
    const noon = wallClock(zone, new Date((day + 0.5) * DAY_MS))
    offsetMin = (noon.day - day) * 1440 + noon.min - 720
    offsets.set(key, offsetMin)
  }
  return new Date(day * DAY_MS + (min - offsetMin) * MINUTE_MS)
}

export const minutesLater = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * MINUTE_MS)

const holidays = new Map<string, ReadonlySet<Day>>()

/** Public holidays of a year: nobody receives, except for openings that say so. */
export function isHoliday(day: Day, departmentNumber: string) {
  const year = civil(day).slice(0, 4)
  const key = `${departmentNumber}|${year}`
  let days = holidays.get(key)
  if (!days) {
    const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']
    if (departmentNumber === '974') fixed.push('12-20')
    const easter = easterOf(Number(year))
    days = new Set([...fixed.map((date) => dayOf(`${year}-${date}`)), easter + 1, easter + 39, easter + 50])
    holidays.set(key, days)
  }
  return days.has(day)
}

/** Meeus' algorithm. */
function easterOf(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return dayOf(`${year}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`)
}
