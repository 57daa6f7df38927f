import type { SendingRules } from '@/server/directory/rules/sending'
import { type CivilDay, addDays, instantMs, wallClock, weekdayOf } from '@/server/scheduling/rules/civil'
import { holidaysOf } from '@/server/scheduling/rules/holidays'

/** `departmentNumber`: on its public holidays nobody is written to. */
export type SendingHours = Pick<SendingRules, 'fromMin' | 'untilMin' | 'weekdays'> & {
  readonly departmentNumber: string
}

/** Where Thursdays alone are open, three in a row may be holidays: the 1st and 8th of May, and Ascension Day, as in 2042. */
const LONGEST_CLOSED_DAYS = 5 * 7

/**
 * When a message may leave: now when the hours are open, else as they open again. An RDV that starts before that is not
 * to be missed for an hour of sleep: its messages leave at once.
 */
export function leavesAt(now: Date, startsAt: Date, hours: SendingHours, zone: string): Date {
  const opensAt = opensFrom(now, hours, zone)
  return opensAt === null || opensAt >= startsAt ? now : opensAt
}

/** Whether people may be written to now, of something that can wait. */
export const isSendingTime = (now: Date, hours: SendingHours, zone: string): boolean =>
  opensFrom(now, hours, zone)?.getTime() === now.getTime()

/**
 * When a person may next be on their way: at the time they know, or at the time it now is. Null when both are past, or they
 * await nothing.
 */
export function awaitedAt(told: Awaited | null, current: Awaited, now: Date): Date | null {
  const ahead = [told, current].flatMap((one) => (one?.isOn && one.startsAt > now ? [one.startsAt.getTime()] : []))
  return ahead.length > 0 ? new Date(Math.min(...ahead)) : null
}
type Awaited = { isOn: boolean; startsAt: Date }

/** What is this late was put off by its gateway, or by workers that were away: its hours are judged again. */
const LATE_MS = 60_000

export const isLate = (leavesAt: Date | null, now: Date): boolean =>
  leavesAt !== null && now.getTime() - leavesAt.getTime() > LATE_MS

const isHoliday = (departmentNumber: string, day: CivilDay): boolean =>
  holidaysOf(departmentNumber, day, addDays(day, 1)).length > 0

/** The hours of one day; null when they are closed all day. */
function spanOf({ fromMin, untilMin, weekdays, departmentNumber }: SendingHours, day: CivilDay) {
  const isClosed = !weekdays.includes(weekdayOf(day)) || isHoliday(departmentNumber, day)
  return isClosed ? null : { fromMin, untilMin }
}

/** The first instant at or after `from` at which the hours are open; null when they never are. */
function opensFrom(from: Date, hours: SendingHours, zone: string): Date | null {
  const { onDay, minuteOfDay } = wallClock(zone, from.getTime())
  for (let ahead = 0; ahead <= LONGEST_CLOSED_DAYS; ahead++) {
    const day = addDays(onDay, ahead)
    const span = spanOf(hours, day)
    if (!span) continue
    if (ahead > 0 || minuteOfDay < span.fromMin) return new Date(instantMs(zone, day, span.fromMin))
    if (minuteOfDay < span.untilMin) return from
  }
  return null
}

/** What is to leave before the hours close leaves an hour before they do: time for all of it to go. */
const LAST_CALL_MIN = 60

/** The last hour of the hours before `closed`, at which they are closed: when it begins. Null when they never are open. */
export function lastCallBefore(closed: Date, hours: SendingHours, zone: string): Date | null {
  const { onDay, minuteOfDay } = wallClock(zone, closed.getTime())
  for (let ago = 0; ago <= LONGEST_CLOSED_DAYS; ago++) {
    const day = addDays(onDay, -ago)
    const span = spanOf(hours, day)
    if (!span || (ago === 0 && minuteOfDay < span.untilMin)) continue
    return new Date(instantMs(zone, day, Math.max(span.fromMin, span.untilMin - LAST_CALL_MIN)))
  }
  return null
}
