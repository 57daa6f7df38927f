/** The only place that writes dates and times for people. The zone is always the territory's, never the server's. */

const NO_BREAK = '\u00a0'
const LOCALE = 'fr-FR'

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(LOCALE, options)
  formatters.set(key, made)
  return made
}

function partsOf(at: Date, options: Intl.DateTimeFormatOptions): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
  return Object.fromEntries(
    formatter(options)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
}

/** Civil day 'YYYY-MM-DD' on which an instant falls. */
export function dayOf(at: Date, zone: string): string {
  const { year, month, day } = partsOf(at, { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return `${year ?? ''}-${month ?? ''}-${day ?? ''}`
}

type DayStyle = { withYear?: boolean; isShort?: boolean }

/** « mardi 1er mars », « mardi 24 novembre 2026 », « mar. 24 nov. » from 'YYYY-MM-DD'. */
export function formatDay(onDay: string, { withYear = false, isShort = false }: DayStyle = {}): string {
  const length = isShort ? 'short' : 'long'
  const noon = new Date(`${onDay}T12:00:00Z`)
  const parts = partsOf(noon, { timeZone: 'UTC', weekday: length, day: 'numeric', month: length, year: 'numeric' })
  const day = parts.day === '1' ? '1er' : (parts.day ?? '')
  return [parts.weekday, `${day}${NO_BREAK}${parts.month ?? ''}`, withYear ? parts.year : undefined]
    .filter(Boolean)
    .join(' ')
}

/** « 9 h », « 14 h 30 ». */
export function formatTime(at: Date, zone: string): string {
  const { hour, minute } = partsOf(at, { timeZone: zone, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' })
  return writeTime(Number(hour), Number(minute))
}

const writeTime = (hour: number, minute: number): string =>
  `${hour}${NO_BREAK}h${minute === 0 ? '' : `${NO_BREAK}${String(minute).padStart(2, '0')}`}`

/** « 9 h », « 24 h » from a minute of a local day. */
export const formatMinute = (minuteOfDay: number): string => writeTime(Math.floor(minuteOfDay / 60), minuteOfDay % 60)

/** « mardi 24 novembre à 9 h 30 ». */
export const formatDateTime = (at: Date, zone: string, style: DayStyle = {}): string =>
  `${formatDay(dayOf(at, zone), style)} à${NO_BREAK}${formatTime(at, zone)}`

/** « 30 min », « 1 h », « 1 h 30 ». */
export const formatDuration = (durationMin: number): string =>
  durationMin < 60 ? `${durationMin}${NO_BREAK}min` : writeTime(Math.floor(durationMin / 60), durationMin % 60)

/** « 30 min », or « de 30 min à 1 h » when the places differ. */
export const formatDurations = (shortestMin: number, longestMin: number): string =>
  shortestMin === longestMin
    ? formatDuration(shortestMin)
    : `de ${formatDuration(shortestMin)} à ${formatDuration(longestMin)}`

const PARIS = 'Europe/Paris'
const ZONE_WORDS: Record<string, string> = {
  'Indian/Reunion': 'heure de La Réunion',
  'Indian/Mayotte': 'heure de Mayotte',
  'America/Guadeloupe': 'heure de la Guadeloupe',
  'America/Martinique': 'heure de la Martinique',
  'America/Cayenne': 'heure de la Guyane',
  'America/Miquelon': 'heure de Saint-Pierre-et-Miquelon',
  'America/St_Barthelemy': 'heure de Saint-Barthélemy',
  'America/Marigot': 'heure de Saint-Martin',
  'Pacific/Noumea': 'heure de Nouvelle-Calédonie',
  'Pacific/Tahiti': 'heure de Tahiti',
  'Pacific/Wallis': 'heure de Wallis-et-Futuna',
}

/** « heure de La Réunion »; null where the clock is mainland France's. */
export const zoneWords = (zone: string): string | null =>
  zone === PARIS ? null : (ZONE_WORDS[zone] ?? `heure de ${zone}`)

/** Whose hours a page shows, to somebody who lives by those of `ownZone`; null when they are theirs, or everybody's. */
export const hoursWords = (zone: string, ownZone: string | null): string | null =>
  zoneWords(zone) ?? (zone === (ownZone ?? PARIS) ? null : 'heure de Paris')

/** For `<time dateTime>`. */
export const isoOf = (at: Date): string => at.toISOString()

/** First letter as a capital, for a day that opens a line. */
export const capitalise = (text: string): string => text.charAt(0).toLocaleUpperCase(LOCALE) + text.slice(1)
