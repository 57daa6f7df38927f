import { civilDayField } from '@/server/kernel/fields'
import { addDays, weekdayOf } from '@/server/scheduling/rules/civil'

/** A day out of the address; null when it is none. */
export function readDay(value: string | string[] | undefined): string | null {
  const read = civilDayField.safeParse(value)
  return read.success ? read.data : null
}

/** The seven days of a day's week, Monday first. */
export function weekOf(day: string): string[] {
  const monday = addDays(day, 1 - weekdayOf(day))
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index))
}
