import { civilDayOf, dayNumber, zoneDays } from './civil'

const DAYS_A_YEAR = 366
const two = (value: number): string => String(value).padStart(2, '0')

/** « +0200 ». */
function offsetText(offsetMin: number): string {
  const size = Math.abs(offsetMin)
  return `${offsetMin < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}

/** « 20270328T020000 », of minutes since the epoch on a wall clock. */
function wallText(localMin: number): string {
  const minute = ((localMin % 1440) + 1440) % 1440
  const day = civilDayOf(Math.floor(localMin / 1440)).replaceAll('-', '')
  return `${day}T${two(Math.floor(minute / 60))}${two(minute % 60)}00`
}

/**
 * What a zone is, for a calendar that does not know it by its name (RFC 5545, VTIMEZONE): each change of its clocks from the
 * year before `fromYear` on, for so many years, as this machine knows them. Throws on an unknown zone.
 */
export function vtimezoneOf(zone: string, { fromYear, years }: { fromYear: number; years: number }): string {
  const { stretches } = zoneDays(zone, dayNumber(fromYear - 1, 1, 1), (years + 1) * DAYS_A_YEAR)
  const smallest = Math.min(...stretches.map(({ offsetMin }) => offsetMin))
  const changes = stretches.flatMap(({ fromMin, offsetMin }, i) => {
    const before = stretches[i - 1]?.offsetMin ?? offsetMin
    return i > 0 && before === offsetMin ? [] : [{ fromMin, offsetMin, before }]
  })
  const lines = changes.flatMap(({ fromMin, offsetMin, before }) => {
    const name = offsetMin > smallest ? 'DAYLIGHT' : 'STANDARD'
    return [
      `BEGIN:${name}`,
      `TZOFFSETFROM:${offsetText(before)}`,
      `TZOFFSETTO:${offsetText(offsetMin)}`,
      `DTSTART:${wallText(fromMin + before)}`,
      `END:${name}`,
    ]
  })
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...lines, 'END:VTIMEZONE'].join('\r\n')
}
