import { type Outcome, done, refused } from '@/server/kernel/outcome'
import { type CivilDay, civilDayOf, dayNumber, dayNumberOf, daysInMonth, weekdayOfNumber } from './civil'

/** How a series repeats. `until` is its last possible day, inclusive; null when it never ends. */
export type Recurrence = { interval: number; until: CivilDay | null } & (
  | { kind: 'weekly'; weekdays: readonly number[] /* ISO, Monday 1 … Sunday 7, sorted */ }
  | { kind: 'monthly-weekday'; nth: number /* 1–5, or -1 for the last */; weekday: number }
  | { kind: 'monthly-day'; dayOfMonth: number /* 1–31, or -1 for the last; months too short are skipped */ }
)

/** One occurrence unlike the others: cancelled (EXDATE), or moved (RECURRENCE-ID) to another day, hours or lieu. */
export type OccurrenceException =
  | { onDay: CivilDay; kind: 'cancelled' }
  | { onDay: CivilDay; kind: 'moved'; toDay: CivilDay; startMin: number; endMin: number; lieuId?: number | null }

/** A moved occurrence; `lieuId` absent means the lieu of its opening. */
export type MovedOccurrence = Extract<OccurrenceException, { kind: 'moved' }>

/** What repeats: `rrule` null means once, on `firstDay`. */
export type Series = { firstDay: CivilDay; rrule: string | null; exceptions: readonly OccurrenceException[] }

/** Why a text is not a recurrence this house speaks. */
export type RecurrenceRefusal =
  | 'malformed-rule'
  | 'unsupported-rule'
  | 'bad-interval'
  | 'bad-weekdays'
  | 'bad-month-day'
  | 'bad-until'
  | 'bad-first-day'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const PARTS = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'UNTIL', 'WKST']
const MAX_INTERVAL = 99
const MAX_CACHED_RULES = 1000

const rules = new Map<string, Outcome<Recurrence, RecurrenceRefusal>>()

/**
 * Reads the stored form, an iCalendar RRULE value: FREQ=WEEKLY with BYDAY, or FREQ=MONTHLY with one BYDAY (2TU, -1FR)
 * or one BYMONTHDAY; INTERVAL 1–99, UNTIL as a day (YYYYMMDD). Weeks start on Monday. Parsed once per text.
 */
export function parseRecurrence(rrule: string): Outcome<Recurrence, RecurrenceRefusal> {
  const known = rules.get(rrule)
  if (known) return known
  const parsed = parse(rrule)
  if (rules.size >= MAX_CACHED_RULES) rules.clear()
  rules.set(rrule, parsed)
  return parsed
}

function parse(rrule: string): Outcome<Recurrence, RecurrenceRefusal> {
  const parts = partsOf(rrule)
  if (!parts) return refused('malformed-rule')
  if ([...parts.keys()].some((name) => !PARTS.includes(name))) return refused('unsupported-rule')
  if ((parts.get('WKST') ?? 'MO') !== 'MO') return refused('unsupported-rule')

  const interval = wholeNumber(parts.get('INTERVAL') ?? '1')
  if (!(interval >= 1 && interval <= MAX_INTERVAL)) return refused('bad-interval')
  const until = dayOfCompact(parts.get('UNTIL'))
  if (until === undefined) return refused('bad-until')

  const [frequency, byDay, byMonthDay] = [parts.get('FREQ'), parts.get('BYDAY'), parts.get('BYMONTHDAY')]
  if (frequency === 'WEEKLY' && byMonthDay === undefined) return parseWeekly({ interval, until }, byDay ?? '')
  if (frequency !== 'MONTHLY' || (byDay === undefined) === (byMonthDay === undefined))
    return refused('unsupported-rule')
  return byDay === undefined
    ? parseMonthlyDay({ interval, until }, byMonthDay ?? '')
    : parseMonthlyWeekday({ interval, until }, byDay)
}

type Common = Pick<Recurrence, 'interval' | 'until'>

function parseWeekly(common: Common, byDay: string): Outcome<Recurrence, RecurrenceRefusal> {
  const weekdays = byDay.split(',').map((name) => WEEKDAYS.indexOf(name) + 1)
  if (weekdays.includes(0) || new Set(weekdays).size < weekdays.length) return refused('bad-weekdays')
  return done({ kind: 'weekly', ...common, weekdays: weekdays.sort((a, b) => a - b) })
}

function parseMonthlyWeekday(common: Common, byDay: string): Outcome<Recurrence, RecurrenceRefusal> {
  const [, nth, name] = /^([1-5]|-1)([A-Z]{2})$/.exec(byDay) ?? []
  const weekday = WEEKDAYS.indexOf(name ?? '') + 1
  return weekday === 0
    ? refused('bad-weekdays')
    : done({ kind: 'monthly-weekday', ...common, nth: Number(nth), weekday })
}

function parseMonthlyDay(common: Common, byMonthDay: string): Outcome<Recurrence, RecurrenceRefusal> {
  const dayOfMonth = byMonthDay === '-1' ? -1 : wholeNumber(byMonthDay)
  if (dayOfMonth !== -1 && !(dayOfMonth >= 1 && dayOfMonth <= 31)) return refused('bad-month-day')
  return done({ kind: 'monthly-day', ...common, dayOfMonth })
}

function partsOf(rrule: string): Map<string, string> | null {
  const parts = new Map<string, string>()
  for (const part of rrule.split(';')) {
    const [, name, value] = /^([A-Z]+)=([A-Z0-9,-]+)$/.exec(part) ?? []
    if (name === undefined || value === undefined || parts.has(name)) return null
    parts.set(name, value)
  }
  return parts
}

const wholeNumber = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : NaN)

function dayOfCompact(text: string | undefined): CivilDay | null | undefined {
  if (text === undefined) return null
  const day = text.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : ''
  return Number.isNaN(dayNumberOf(day)) ? undefined : day
}

/** The stored form of a recurrence; `parseRecurrence` reads it back unchanged. */
export function formatRecurrence(recurrence: Recurrence): string {
  const parts = recurrence.kind === 'weekly' ? ['FREQ=WEEKLY'] : ['FREQ=MONTHLY']
  if (recurrence.interval > 1) parts.push(`INTERVAL=${recurrence.interval}`)
  parts.push(formatDays(recurrence))
  if (recurrence.until !== null) parts.push(`UNTIL=${recurrence.until.replaceAll('-', '')}`)
  return parts.join(';')
}

function formatDays(recurrence: Recurrence): string {
  const name = (weekday: number) => WEEKDAYS[weekday - 1] ?? ''
  switch (recurrence.kind) {
    case 'weekly':
      return `BYDAY=${recurrence.weekdays.map(name).join(',')}`
    case 'monthly-weekday':
      return `BYDAY=${recurrence.nth}${name(recurrence.weekday)}`
    case 'monthly-day':
      return `BYMONTHDAY=${recurrence.dayOfMonth}`
  }
}

/**
 * Day numbers on which a recurrence falls within [from, to), ascending, whatever the exceptions say.
 * `first` is the series' first day: nothing falls before it, weeks count from its Monday, months from its month, and it
 * is itself an occurrence only if the rule says so. Null is once, on `first`. Jumps to the window, never walks to it.
 */
export function occurrenceDays(recurrence: Recurrence | null, first: number, from: number, to: number): number[] {
  if (recurrence === null) return first >= from && first < to ? [first] : []
  const start = Math.max(from, first)
  const end = recurrence.until === null ? to : Math.min(to, dayNumberOf(recurrence.until) + 1)
  if (!(start < end)) return []
  return recurrence.kind === 'weekly'
    ? weeklyDays(recurrence, first, start, end)
    : monthlyDays(recurrence, first, start, end)
}

type Weekly = Extract<Recurrence, { kind: 'weekly' }>

function weeklyDays({ interval, weekdays }: Weekly, first: number, start: number, end: number): number[] {
  const days: number[] = []
  const sunday = first - weekdayOfNumber(first)
  const step = 7 * interval
  for (let week = sunday + Math.floor((start - sunday - 1) / step) * step; week < end; week += step) {
    for (const weekday of weekdays) {
      const day = week + weekday
      if (day >= start && day < end) days.push(day)
    }
  }
  return days
}

function monthlyDays(rule: Exclude<Recurrence, Weekly>, first: number, start: number, end: number): number[] {
  const days: number[] = []
  const firstMonth = monthOf(first)
  const skipped = Math.ceil((monthOf(start) - firstMonth) / rule.interval)
  const lastMonth = monthOf(end - 1)
  for (let month = firstMonth + skipped * rule.interval; month <= lastMonth; month += rule.interval) {
    const day = dayInMonth(rule, Math.floor(month / 12), (month % 12) + 1)
    if (day !== null && day >= start && day < end) days.push(day)
  }
  return days
}

/** Months since year 0. */
function monthOf(number: number): number {
  const day = civilDayOf(number)
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}

function dayInMonth(rule: Exclude<Recurrence, Weekly>, year: number, month: number): number | null {
  const length = daysInMonth(year, month)
  const before = dayNumber(year, month, 1) - 1
  if (rule.kind === 'monthly-day') {
    const dayOfMonth = rule.dayOfMonth === -1 ? length : rule.dayOfMonth
    return dayOfMonth <= length ? before + dayOfMonth : null
  }
  const firstSuch = 1 + ((rule.weekday - weekdayOfNumber(before + 1) + 7) % 7)
  const nth = rule.nth === -1 ? Math.floor((length - firstSuch) / 7) + 1 : rule.nth
  const dayOfMonth = firstSuch + (nth - 1) * 7
  return dayOfMonth <= length ? before + dayOfMonth : null
}

/** The occurrences of a series in a window: those as the rule has them (day numbers), and those moved into it. */
export type Occurrences = { days: readonly number[]; moved: readonly MovedOccurrence[] }

const NONE_MOVED: readonly MovedOccurrence[] = []

/**
 * Occurrences of a series within day numbers [from, to), exceptions applied. An exception on a day that is no occurrence
 * of the rule changes nothing; a moved one counts where it goes, even past `last`, the last day number of the rule.
 */
export function occurrencesOf(
  series: Series,
  from: number,
  to: number,
  last = Infinity,
): Outcome<Occurrences, RecurrenceRefusal> {
  const parsed = series.rrule === null ? done(null) : parseRecurrence(series.rrule)
  if (!parsed.ok) return parsed
  const recurrence = parsed.value
  const first = dayNumberOf(series.firstDay)
  if (Number.isNaN(first)) return refused('bad-first-day')

  const days = occurrenceDays(recurrence, first, from, Math.min(to, last + 1))
  if (series.exceptions.length === 0) return done({ days, moved: NONE_MOVED })
  const excepted = new Set(series.exceptions.map(({ onDay }) => dayNumberOf(onDay)))
  const isOccurrence = (day: number) => day <= last && occurrenceDays(recurrence, first, day, day + 1).length > 0
  const moved = series.exceptions.filter((exception): exception is MovedOccurrence => {
    if (exception.kind === 'cancelled') return false
    const toDay = dayNumberOf(exception.toDay)
    return toDay >= from && toDay < to && isOccurrence(dayNumberOf(exception.onDay))
  })
  return done({ days: days.filter((day) => !excepted.has(day)), moved })
}
