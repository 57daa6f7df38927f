import type { MOTIF_COLORS } from '@/server/directory/rules/color'
import type { AbsenceRow } from './agenda'
import { addDays, civilDayOf, dayNumberOf, diffDays, instantMs, wallClock, type CivilDay } from './civil'
import { overlaps, type Interval } from './interval'
import { occurrencesOf } from './recurrence'
import {
  lastDayOf,
  planChange,
  whyNotRepeat,
  type RepeatFault,
  type SeriesPlan,
  type SeriesScope,
  type TimedSeries,
} from './series'

export const ABSENCE_KINDS = ['leave', 'training', 'meeting', 'other'] as const
export type AbsenceKind = (typeof ABSENCE_KINDS)[number]

export type AbsenceColor = keyof typeof MOTIF_COLORS

/** What an absence is coloured with when nobody chose: its kind's, of the palette of motifs. */
export const KIND_COLORS = {
  leave: '#17663f',
  training: '#4c3a93',
  meeting: '#0b5563',
  other: '#7a4b00',
} as const satisfies Record<AbsenceKind, AbsenceColor>

/** The colour an absence shows: the one chosen, else its kind's. */
export const absenceColor = ({ kind, color }: { kind: AbsenceKind; color: string | null }): string =>
  color ?? KIND_COLORS[kind]

/** When somebody is away, on the wall clocks of a zone: once, over one or several days. Minutes count from midnight. */
export type AbsenceSpan = {
  readonly firstDay: CivilDay
  readonly startMin: number
  readonly lastDay: CivilDay
  readonly endMin: number
}

/** Longer is a departure, not an absence. */
export const LONGEST_ABSENCE_DAYS = 366

export type AbsenceFault = 'end-before-start' | 'too-long' | RepeatFault

/** What is wrong with a span, and the rule it repeats by, whose days and minutes each make sense; null when nothing is. */
export function whyNotAbsent({
  firstDay,
  startMin,
  lastDay,
  endMin,
  rrule,
}: AbsenceSpan & { readonly rrule: string | null }): AbsenceFault | null {
  const days = diffDays(firstDay, lastDay)
  if (days < 0 || (days === 0 && endMin <= startMin)) return 'end-before-start'
  return days >= LONGEST_ABSENCE_DAYS ? 'too-long' : whyNotRepeat(firstDay, rrule)
}

/** The instants it covers, half-open: the night the clocks change it lasts what the clocks say. */
export const absenceInterval = (zone: string, span: AbsenceSpan): { startMs: number; endMs: number } => ({
  startMs: instantMs(zone, span.firstDay, span.startMin),
  endMs: instantMs(zone, span.lastDay, span.endMin),
})

/** An absence that may repeat: each occurrence lasts as many days as the first. */
export type AwaySeries = TimedSeries & { readonly lastDay: CivilDay; readonly zone: string }

export type AbsenceValues = AwaySeries & {
  readonly agentId: number
  readonly kind: AbsenceKind
  readonly title: string
  readonly color: string | null
}

export type AbsencePlan = {
  /** The row that changes: as it was seen. Null for a new one. */
  readonly seen: (AbsenceValues & { id: number; version: number }) | null
  /** Of the calendar it is judged on: its own. */
  readonly zone: string
  readonly scope: SeriesScope
  readonly day: string | null
} & SeriesPlan<AbsenceValues>

/** How many days an occurrence lasts beyond its first. */
export const lastingDays = ({ firstDay, lastDay }: Pick<AwaySeries, 'firstDay' | 'lastDay'>): number =>
  diffDays(firstDay, lastDay)

/** The same, in days on which somebody is away: none of that at whose first minute it ends. */
export const daysAway = (series: Pick<AwaySeries, 'firstDay' | 'lastDay' | 'endMin'>): number =>
  lastingDays(series) - (series.endMin === 0 ? 1 : 0)

/** The last day an occurrence of the rule may end on; null when it repeats for ever. */
export function endsOnOf(series: Pick<AwaySeries, 'firstDay' | 'lastDay' | 'rrule'>): CivilDay | null {
  const lastStart = lastDayOf(series)
  return lastStart === null ? null : addDays(lastStart, lastingDays(series))
}

/**
 * What a change makes of an absence: `planChange`, whose moved occurrences keep their own hours only as long as each lasts
 * as many days as before. Else they keep their day, with the new hours.
 */
export function planAbsence<S extends AwaySeries>(
  series: S,
  change: { scope: SeriesScope; day: CivilDay; given: Omit<S, 'exceptions'> | null },
): SeriesPlan<S> {
  const { row, begun } = planChange(series, change)
  const fitted = (one: S | null) => one && fitExceptions(one, lastingDays(series))
  return { row: fitted(row), begun: fitted(begun) }
}

function fitExceptions<S extends AwaySeries>(series: S, formerDays: number): S {
  if (lastingDays(series) === formerDays) return series
  const { startMin, endMin } = series
  const exceptions = series.exceptions.map((one) => (one.kind === 'moved' ? { ...one, startMin, endMin } : one))
  return { ...series, exceptions }
}

/**
 * When an absence that may repeat keeps somebody away on the civil days [fromDay, toDay] of its zone, in order; what
 * begins earlier and lasts until then is among them. A rule that can't be read shows nothing: the search of slots refuses
 * it aloud.
 */
export function absenceTimes(
  row: Omit<AbsenceRow, 'id' | 'agentId'>,
  fromDay: CivilDay,
  toDay: CivilDay,
): { startMs: number; endMs: number }[] {
  const lasting = lastingDays(row)
  const [from, to] = [dayNumberOf(fromDay) - lasting, dayNumberOf(toDay) + 1]
  const found = occurrencesOf(row, from, to)
  if (!found.ok) return []
  const on = (day: number, { startMin, endMin }: { startMin: number; endMin: number }) =>
    absenceInterval(row.zone, {
      firstDay: civilDayOf(day),
      startMin,
      lastDay: civilDayOf(day + lasting),
      endMin,
    })
  const { days, moved } = found.value
  const times = [...days.map((day) => on(day, row)), ...moved.map((one) => on(dayNumberOf(one.toDay), one))]
  const beginMs = instantMs(row.zone, fromDay, 0)
  return times.filter(({ endMs }) => endMs > beginMs).sort((a, b) => a.startMs - b.startMs)
}

/** Whether a time meets an absence that it did not meet before: `before` null for a new one. */
export function isNewlyAway(time: Interval, before: AwaySeries | null, after: readonly AwaySeries[]): boolean {
  const meets = (series: AwaySeries) => {
    const [fromDay, toDay] = [time.startMs, time.endMs].map((ms) => wallClock(series.zone, ms).onDay)
    return absenceTimes(series, fromDay ?? '', toDay ?? '').some((away) => overlaps(away, time))
  }
  return after.some(meets) && !(before && meets(before))
}
