import { daysInMonth, weekdayOf } from '@/server/scheduling/rules/civil'
import { formatRecurrence, parseRecurrence } from '@/server/scheduling/rules/recurrence'

/** What the recurrence editor holds, whichever way it now repeats: going from one to another loses nothing. */
export type Repeat = {
  kind: 'never' | 'weekly' | 'monthly'
  interval: number
  weekdays: readonly number[]
  /** Of a month: like the first day (« deuxième mardi »), the last such weekday, or that day of the month. */
  monthly: 'nth' | 'last' | 'day'
  /** Empty: for ever. */
  until: string
}

export const onceFrom = (firstDay: string): Repeat => ({
  kind: 'never',
  interval: 1,
  weekdays: [weekdayOf(firstDay)],
  monthly: 'nth',
  until: '',
})

/** A stored rule, as the editor shows it. */
export function repeatOf(rrule: string | null, firstDay: string): Repeat {
  const parsed = rrule === null ? null : parseRecurrence(rrule)
  const once = onceFrom(firstDay)
  if (!parsed?.ok) return once
  const { value } = parsed
  const common = { ...once, interval: value.interval, until: value.until ?? '' }
  if (value.kind === 'weekly') return { ...common, kind: 'weekly', weekdays: value.weekdays }
  if (value.kind === 'monthly-day') return { ...common, kind: 'monthly', monthly: 'day' }
  return { ...common, kind: 'monthly', monthly: value.nth === -1 ? 'last' : 'nth' }
}

const dayOfMonth = (day: string): number => Number(day.slice(8))
export const nthOf = (day: string): number => Math.ceil(dayOfMonth(day) / 7)
/** Whether no such weekday comes later in its month. */
export const isLastOfMonth = (day: string): boolean =>
  dayOfMonth(day) + 7 > daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)))

/** The stored form of what is chosen; null for once. */
export function rruleOf({ kind, interval, weekdays, monthly, until }: Repeat, firstDay: string): string | null {
  const common = { interval, until: until === '' ? null : until }
  if (kind === 'never') return null
  if (kind === 'weekly') return formatRecurrence({ ...common, kind, weekdays: [...weekdays].sort((a, b) => a - b) })
  if (monthly === 'day') return formatRecurrence({ ...common, kind: 'monthly-day', dayOfMonth: dayOfMonth(firstDay) })
  const nth = monthly === 'last' ? -1 : nthOf(firstDay)
  return formatRecurrence({ ...common, kind: 'monthly-weekday', nth, weekday: weekdayOf(firstDay) })
}

/** Once its first day moves, a series on the one weekday of its first day follows it. */
export function followDay(repeat: Repeat, was: string, day: string): Repeat {
  if (day === '' || was === '' || repeat.weekdays.length !== 1 || repeat.weekdays[0] !== weekdayOf(was)) return repeat
  return { ...repeat, weekdays: [weekdayOf(day)] }
}
