import {
  type CivilDay,
  civilDayOf,
  dayNumberOf,
  instantMs,
  wallClock,
  weekdayOfNumber,
} from '@/server/scheduling/rules/civil'
import type { HolidayName } from '@/server/scheduling/rules/holidays'
import { formatRecurrence, occurrenceDays } from '@/server/scheduling/rules/recurrence'
import { isPlaceable } from './placing'
import type { Phase, Status } from './status'
import { areAllKnown, type Warning, type WarningKind } from './warnings'

/** Most dates of one series: every week for six months. */
export const MAX_SERIES = 26
/** Widest step between two dates, in weeks. */
export const MAX_WEEKS = 12

export type RepeatRule = { everyWeeks: number; untilDay: CivilDay | null; count: number | null }

export type SeriesDates = {
  /** The rule as it is read back, its last date said. */
  rrule: string
  startsAt: Date[]
  /** Whether dates were left out: more than a series holds, or too far ahead. */
  isCut: boolean
}

/**
 * The starts of a series, the first one given: the same weekday and the same time on the wall clocks of the zone, though
 * these change meanwhile. It ends on a day or after a number of dates, whichever comes first.
 */
export function seriesDates(startAt: Date, zone: string, rule: RepeatRule, now: Date): SeriesDates {
  const { onDay, minuteOfDay } = wallClock(zone, startAt.getTime())
  const first = dayNumberOf(onDay)
  const step = 7 * rule.everyWeeks
  const weekly = { kind: 'weekly', interval: rule.everyWeeks, weekdays: [weekdayOfNumber(first)] } as const
  const days = occurrenceDays({ ...weekly, until: rule.untilDay }, first, first, first + step * MAX_SERIES + 1)
  const asked = days.slice(0, rule.count ?? days.length)
  const startsAt = asked
    .slice(0, MAX_SERIES)
    .map((day) => (day === first ? startAt : new Date(instantMs(zone, civilDayOf(day), minuteOfDay))))
    .filter((at) => isPlaceable(at, now))
  const isCut = startsAt.length < asked.length
  const lastDay = civilDayOf(first + step * Math.max(0, startsAt.length - 1))
  const until = isCut || rule.count === startsAt.length ? lastDay : (rule.untilDay ?? lastDay)
  return { rrule: formatRecurrence({ ...weekly, until }), startsAt, isCut }
}

export type RepeatFault = 'no-end' | 'one-date'

/** What is wrong with how an RDV is to repeat; null when nothing is. `dateCount`: how many dates that makes. */
export function whyNotRepeated({ untilDay, count }: RepeatRule, dateCount: number): RepeatFault | null {
  if (untilDay === null && count === null) return 'no-end'
  return dateCount < 2 ? 'one-date' : null
}

/** One date of a series to place, with what there is to know of it. */
export type SeriesDate = { startAt: Date; holiday: HolidayName | null; warnings: Warning[] }

export type SeriesJudgement = Pick<SeriesDates, 'rrule' | 'isCut'> & { zone: string; dates: SeriesDate[] }

/** What is known of the person is known of each date alike, and said once. */
export const isOfItsDate = ({ kind }: Warning): boolean => kind !== 'no-shows'

/** What was shown of each date when its series was sent, by the instant of its start. */
export type KnownDates = ReadonlyMap<number, readonly WarningKind[]>

/** The dates that are no longer as they were shown. */
export const changedDates = (dates: readonly SeriesDate[], known: KnownDates): SeriesDate[] =>
  dates.filter(({ startAt, warnings }) => {
    const kinds = known.get(startAt.getTime())
    return kinds !== undefined && !areAllKnown(warnings, kinds)
  })

/** An RDV of a series, as the page of one of them lists it. */
export type SeriesRdv = { rdvId: number; startAt: Date; status: Status; phase: Phase; level: 'read' | 'write' }

/** The RDVs placed together that the reader may read, in order of time. */
export type RdvSeries = { territoryId: number; zone: string; rdvs: SeriesRdv[] }

/** Its place among them, from 1. */
export const placeIn = ({ rdvs }: RdvSeries, rdvId: number): number => rdvs.findIndex((rdv) => rdv.rdvId === rdvId) + 1

/** This RDV and those after it that one may cancel at once: still to come, and one's to write. */
export function followingOf({ rdvs }: RdvSeries, rdvId: number, now: Date): SeriesRdv[] {
  const startMs = rdvs.find((rdv) => rdv.rdvId === rdvId)?.startAt.getTime() ?? Infinity
  return rdvs.filter(
    ({ startAt, status, level }) =>
      level === 'write' && status === 'unknown' && startAt > now && startAt.getTime() >= startMs,
  )
}

export const CANCEL_FOLLOWING_REFUSALS = ['changed-meanwhile', 'nothing-left'] as const
export type CancelFollowingRefusal = (typeof CANCEL_FOLLOWING_REFUSALS)[number]
