import { formatRecurrence, occurrenceDays, type Recurrence } from '@/server/scheduling/rules/recurrence'
import { civil, type Day } from './calendar'

/** How an opening or an absence repeats; null is once. */
export type Rule = Recurrence | null

export type Exception =
  { kind: 'cancelled'; onDay: Day } | { kind: 'moved'; onDay: Day; toDay: Day; startMin: number; endMin: number }

export type Occurrence = { day: Day; startMin: number; endMin: number }

type Series = { firstDay: Day; startMin: number; endMin: number; rule: Rule; exceptions: readonly Exception[] }

/** Every `interval` weeks on `weekdays`, 0 for Monday. */
export const weekly = (interval: number, weekdays: readonly number[], until: Day | null = null): Rule => ({
  kind: 'weekly',
  interval,
  weekdays: weekdays.map((weekday) => weekday + 1).sort((a, b) => a - b),
  until: until === null ? null : civil(until),
})

/** The nth such weekday of each month, 0 for Monday. */
export const monthly = (nth: number, weekday: number, until: Day | null = null): Rule => ({
  kind: 'monthly-weekday',
  interval: 1,
  nth,
  weekday: weekday + 1,
  until: until === null ? null : civil(until),
})

/** The rule as stored; null for a single occurrence. */
export const rruleOf = (rule: Rule) => rule && formatRecurrence(rule)

/** Last day the series may fall on; null when it never ends. */
export const lastDayOf = (rule: Rule, firstDay: Day) => (rule === null ? civil(firstDay) : rule.until)

export const fallsOn = (rule: Rule, firstDay: Day, day: Day) => occurrenceDays(rule, firstDay, day, day + 1).length > 0

/** The first day from `from` on which the rule falls: a series starts on one of its own days. */
export function firstFallFrom(rule: Rule, from: Day) {
  const [first] = occurrenceDays(rule, from, from, from + 400)
  if (first === undefined) throw new Error('a rule that never falls')
  return first
}

/** Occurrences from the day `from` to the day `to`, both included, exceptions applied. */
export function occurrencesOf(series: Series, from: Day, to: Day): Occurrence[] {
  const { firstDay, startMin, endMin, rule, exceptions } = series
  const changed = new Set(exceptions.map(({ onDay }) => onDay))
  const regular = occurrenceDays(rule, firstDay, from, to + 1)
    .filter((day) => !changed.has(day))
    .map((day) => ({ day, startMin, endMin }))
  const moved = exceptions.flatMap((exception) =>
    exception.kind === 'moved' && exception.toDay >= from && exception.toDay <= to
      ? [{ day: exception.toDay, startMin: exception.startMin, endMin: exception.endMin }]
      : [],
  )
  return [...regular, ...moved].sort((a, b) => a.day - b.day)
}
