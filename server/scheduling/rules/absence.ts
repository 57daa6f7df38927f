import { diffDays, instantMs, type CivilDay } from './civil'

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
