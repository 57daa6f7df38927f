import { civil, dayOf, dayOfMonth, monday, monthIndex, weekdayOf, type Day } from './calendar'

export type Rule =
  | { kind: 'once' }
  | { kind: 'weekly'; interval: number; weekdays: readonly number[]; until: Day | null }
  | { kind: 'nth-weekday'; nth: number; weekday: number; until: Day | null }
  | { kind: 'month-day'; monthDay: number; until: Day | null }

export type Exception =
  { kind: 'cancelled'; onDay: Day } | { kind: 'moved'; onDay: Day; toDay: Day; startMin: number; endMin: number }

export type Occurrence = { day: Day; startMin: number; endMin: number }

type Series = { firstDay: Day; startMin: number; endMin: number; rule: Rule; exceptions: readonly Exception[] }

const BYDAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The rule as stored; null for a single occurrence. */
export function rruleOf(rule: Rule) {
  if (rule.kind === 'once') return null
  const until = rule.until === null ? '' : `;UNTIL=${civil(rule.until).replaceAll('-', '')}`
  switch (rule.kind) {
    case 'weekly': {
      const interval = rule.interval === 1 ? '' : `;INTERVAL=${rule.interval}`
      return `FREQ=WEEKLY${interval};BYDAY=${rule.weekdays.map((weekday) => BYDAY[weekday]).join(',')}${until}`
    }
    case 'nth-weekday':
      return `FREQ=MONTHLY;BYDAY=${rule.nth}${BYDAY[rule.weekday]}${until}`
    case 'month-day':
      return `FREQ=MONTHLY;BYMONTHDAY=${rule.monthDay}${until}`
  }
}

/** Last day the series may fall on; null when it never ends. */
export const lastDayOf = (rule: Rule, firstDay: Day) => (rule.kind === 'once' ? firstDay : rule.until)

export function fallsOn(rule: Rule, firstDay: Day, day: Day) {
  if (day < firstDay) return false
  if (rule.kind === 'once') return day === firstDay
  if (rule.until !== null && day > rule.until) return false
  switch (rule.kind) {
    case 'weekly':
      return rule.weekdays.includes(weekdayOf(day)) && ((monday(day) - monday(firstDay)) / 7) % rule.interval === 0
    case 'nth-weekday':
      return weekdayOf(day) === rule.weekday && Math.ceil(dayOfMonth(day) / 7) === rule.nth
    case 'month-day':
      return dayOfMonth(day) === rule.monthDay
  }
}

/** The first day from `from` on which the rule falls: a series starts on one of its own days. */
export function firstFallFrom(rule: Rule, from: Day) {
  if (rule.kind === 'once') return from
  for (let day = from; day < from + 400; day++) if (fallsOn(rule, from, day)) return day
  throw new Error('a rule that never falls')
}

export function occurrencesOf(series: Series, from: Day, to: Day): Occurrence[] {
  const { firstDay, startMin, endMin, rule, exceptions } = series
  const last = rule.kind === 'once' ? firstDay : (rule.until ?? to)
  const changed = new Map(exceptions.map((exception) => [exception.onDay, exception]))
  const found: Occurrence[] = []
  for (let day = Math.max(from, firstDay); day <= Math.min(to, last); day++) {
    if (fallsOn(rule, firstDay, day) && !changed.has(day)) found.push({ day, startMin, endMin })
  }
  for (const exception of exceptions) {
    if (exception.kind !== 'moved' || exception.toDay < from || exception.toDay > to) continue
    found.push({ day: exception.toDay, startMin: exception.startMin, endMin: exception.endMin })
  }
  return found.sort((a, b) => a.day - b.day)
}

/** The nth such weekday of the month `offset` months after `day`'s. */
export function nthWeekdayOfMonth(day: Day, offset: number, nth: number, weekday: number) {
  const index = monthIndex(day) + offset
  const first = dayOf(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7
}
