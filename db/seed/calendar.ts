import { civilDayOf, dayNumberOf, instantMs, wallClock, weekdayOfNumber } from '@/server/scheduling/rules/civil'
import { holidaysOf } from '@/server/scheduling/rules/holidays'

/** Days are whole numbers here (days since 1970-01-01), so that they add up; the rows carry 'YYYY-MM-DD'. */
export type Day = number

export const civil = (day: Day) => civilDayOf(day)
export const dayOf = (civilDay: string): Day => dayNumberOf(civilDay)
export const monday = (day: Day): Day => day - weekdayOf(day)

/** 0 for Monday … 6 for Sunday. */
export const weekdayOf = (day: Day) => weekdayOfNumber(day) - 1

/** The civil day and minute of the day on the wall clocks of `zone`. */
export function localTime(zone: string, instant: Date) {
  const { onDay, minuteOfDay } = wallClock(zone, instant.getTime())
  return { day: dayOf(onDay), min: minuteOfDay }
}

export const instantAt = (zone: string, day: Day, min: number) => new Date(instantMs(zone, civil(day), min))

export const minutesLater = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000)

/** Nobody receives on a public holiday, except for openings that say so. */
export const isHoliday = (day: Day, departmentNumber: string) =>
  holidaysOf(departmentNumber, civil(day), civil(day + 1)).length > 0
