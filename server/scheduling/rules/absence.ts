import type { AbsenceRow } from './agenda'
import { civilDayOf, dayNumberOf, diffDays, instantMs, type CivilDay } from './civil'
import { occurrencesOf } from './recurrence'

export const ABSENCE_KINDS = ['leave', 'training', 'meeting', 'other'] as const
export type AbsenceKind = (typeof ABSENCE_KINDS)[number]

/** When somebody is away, on the wall clocks of a zone: once, over one or several days. Minutes count from midnight. */
export type AbsenceSpan = {
  readonly firstDay: CivilDay
  readonly startMin: number
  readonly lastDay: CivilDay
  readonly endMin: number
}

/** Longer is a departure, not an absence. */
export const LONGEST_ABSENCE_DAYS = 366

export type AbsenceFault = 'end-before-start' | 'too-long'

/** What is wrong with a span whose days and minutes each make sense; null when nothing is. */
export function whyNotAbsent({ firstDay, startMin, lastDay, endMin }: AbsenceSpan): AbsenceFault | null {
  const days = diffDays(firstDay, lastDay)
  if (days < 0 || (days === 0 && endMin <= startMin)) return 'end-before-start'
  return days >= LONGEST_ABSENCE_DAYS ? 'too-long' : null
}

/** The instants it covers, half-open: the night the clocks change it lasts what the clocks say. */
export const absenceInterval = (zone: string, span: AbsenceSpan): { startMs: number; endMs: number } => ({
  startMs: instantMs(zone, span.firstDay, span.startMin),
  endMs: instantMs(zone, span.lastDay, span.endMin),
})

/**
 * When an absence that may repeat keeps somebody away on the civil days [fromDay, toDay] of its zone, in order; what
 * begins earlier and lasts until then is among them. A rule that can't be read shows nothing: the search of slots refuses
 * it aloud.
 */
export function absenceTimes(
  row: AbsenceRow,
  fromDay: CivilDay,
  toDay: CivilDay,
): { startMs: number; endMs: number }[] {
  const lastingDays = diffDays(row.firstDay, row.lastDay)
  const [from, to] = [dayNumberOf(fromDay) - lastingDays, dayNumberOf(toDay) + 1]
  const found = occurrencesOf(row, from, to)
  if (!found.ok) return []
  const on = (day: number, { startMin, endMin }: { startMin: number; endMin: number }) =>
    absenceInterval(row.zone, {
      firstDay: civilDayOf(day),
      startMin,
      lastDay: civilDayOf(day + lastingDays),
      endMin,
    })
  const { days, moved } = found.value
  const times = [...days.map((day) => on(day, row)), ...moved.map((one) => on(dayNumberOf(one.toDay), one))]
  const beginMs = instantMs(row.zone, fromDay, 0)
  return times.filter(({ endMs }) => endMs > beginMs).sort((a, b) => a.startMs - b.startMs)
}
