import { type CivilDay, addDays, civilDayOf, dayNumberOf } from './civil'

/** Public holidays by name; words for people live with the screens. */
export type HolidayName =
  | 'new-year'
  | 'good-friday'
  | 'easter-monday'
  | 'labour-day'
  | 'victory-1945'
  | 'ascension'
  | 'whit-monday'
  | 'bastille-day'
  | 'assumption'
  | 'all-saints'
  | 'armistice-1918'
  | 'christmas'
  | 'saint-stephen'
  | 'abolition-of-slavery'

export type Holiday = { onDay: CivilDay; name: HolidayName }

const FIXED: readonly (readonly [monthDay: string, name: HolidayName])[] = [
  ['01-01', 'new-year'],
  ['05-01', 'labour-day'],
  ['05-08', 'victory-1945'],
  ['07-14', 'bastille-day'],
  ['08-15', 'assumption'],
  ['11-01', 'all-saints'],
  ['11-11', 'armistice-1918'],
  ['12-25', 'christmas'],
]
const AFTER_EASTER: readonly (readonly [days: number, name: HolidayName])[] = [
  [1, 'easter-monday'],
  [39, 'ascension'],
  [50, 'whit-monday'],
]
const ALSACE_MOSELLE = ['57', '67', '68']
/** Decree 2012-553 for the islands that were part of Guadeloupe; Saint-Pierre-et-Miquelon (975) has no such day. */
const ABOLITION_OF_SLAVERY = new Map([
  ['971', '05-27'],
  ['972', '05-22'],
  ['973', '06-10'],
  ['974', '12-20'],
  ['976', '04-27'],
  ['977', '10-09'],
  ['978', '05-28'],
])

/** Easter Sunday of a year of the Gregorian calendar (anonymous algorithm, Meeus/Jones/Butcher). */
export function easterSunday(year: number): CivilDay {
  const golden = year % 19
  const [century, yearOfCentury] = [Math.floor(year / 100), year % 100]
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - moon - (yearOfCentury % 4)) % 7
  const shift = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  return addDays(`${yearText(year)}-03-01`, moon + weekday - 7 * shift + 21)
}

const yearText = (year: number): string => String(year).padStart(4, '0')

function holidaysOfYear(department: string, year: number): Holiday[] {
  const easter = easterSunday(year)
  const fixed = (monthDay: string, name: HolidayName) => ({ onDay: `${yearText(year)}-${monthDay}`, name })
  const holidays = FIXED.map(([monthDay, name]) => fixed(monthDay, name))
  for (const [days, name] of AFTER_EASTER) holidays.push({ onDay: addDays(easter, days), name })
  if (ALSACE_MOSELLE.includes(department)) {
    holidays.push({ onDay: addDays(easter, -2), name: 'good-friday' }, fixed('12-26', 'saint-stephen'))
  }
  const abolition = ABOLITION_OF_SLAVERY.get(department)
  if (abolition !== undefined) holidays.push(fixed(abolition, 'abolition-of-slavery'))
  return holidays.sort((a, b) => a.onDay.localeCompare(b.onDay) || a.name.localeCompare(b.name))
}

const isRegional = (department: string): boolean =>
  ALSACE_MOSELLE.includes(department) || ABOLITION_OF_SLAVERY.has(department)

const years = new Map<string, readonly Holiday[]>()

/** The holidays of a year, kept: at most one list per region and civil year (0–9999). */
function knownHolidaysOfYear(department: string, year: number): readonly Holiday[] {
  const region = isRegional(department) ? department : 'national'
  const key = `${region} ${year}`
  const known = years.get(key) ?? holidaysOfYear(region, year)
  years.set(key, known)
  return known
}

/**
 * Public holidays of a département within the civil days [fromDay, toDay), in order, for any year: the 11 national days,
 * Good Friday and 26 December in Alsace-Moselle, the abolition of slavery overseas. Two may fall on one day (2008-05-01).
 */
export function holidaysOf(department: string, fromDay: CivilDay, toDay: CivilDay): Holiday[] {
  const holidays: Holiday[] = []
  const [firstYear, lastYear] = [Number(fromDay.slice(0, 4)), Number(toDay.slice(0, 4))]
  for (let year = firstYear; year <= lastYear; year++) {
    for (const holiday of knownHolidaysOfYear(department, year)) {
      if (holiday.onDay >= fromDay && holiday.onDay < toDay) holidays.push(holiday)
    }
  }
  return holidays
}

/** For each of `count` days from day number `first`: 1 when it is a public holiday of the département. */
export function holidayFlags(department: string, first: number, count: number): Uint8Array {
  const flags = new Uint8Array(count)
  for (const { onDay } of holidaysOf(department, civilDayOf(first), civilDayOf(first + count))) {
    flags[dayNumberOf(onDay) - first] = 1
  }
  return flags
}
