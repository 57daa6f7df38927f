import { type CivilDay, addDays, instantMs, wallClock } from './civil'
import { holidaysOf, type HolidayName } from './holidays'
import { type Interval, overlaps } from './interval'
import {
  occurrencesBetween,
  planChange,
  whyNotRepeat,
  type RepeatFault,
  type SeriesPlan,
  type SeriesScope,
  type TimedSeries,
} from './series'

/** When somebody receives, once or again and again, on the wall clocks of a territory. */
export type OpeningTime = {
  readonly firstDay: CivilDay
  readonly startMin: number
  readonly endMin: number
  readonly rrule: string | null
}

export type OpeningFault = 'end-before-start' | RepeatFault

/** What is wrong with hours whose days and minutes each make sense; null when nothing is. */
export function whyNotOpen({ firstDay, startMin, endMin, rrule }: OpeningTime): OpeningFault | null {
  return endMin <= startMin ? 'end-before-start' : whyNotRepeat(firstDay, rrule)
}

export type OpenSeries = TimedSeries & { readonly onHolidays: boolean }

export type OpeningValues = OpenSeries & {
  readonly territoryId: number
  readonly organisationId: number
  readonly agentId: number
  readonly lieuId: number | null
  readonly title: string
  readonly motifIds: readonly number[]
}

export type OpeningPlan = {
  /** The row that changes: as it was seen. Null for a new one. */
  readonly seen: (Omit<OpeningValues, 'motifIds'> & { id: number; version: number }) | null
  /** Of the calendar it is judged on. */
  readonly zone: string
  readonly scope: SeriesScope
  readonly day: string | null
} & SeriesPlan<OpeningValues>

const isSameSet = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id))

/** Whether both receive under one name, at one place, for the same motifs, on the same holidays. */
export const hasSameMeans = (one: Means, other: Means): boolean =>
  one.onHolidays === other.onHolidays &&
  one.organisationId === other.organisationId &&
  one.lieuId === other.lieuId &&
  one.title === other.title &&
  isSameSet(one.motifIds, other.motifIds)

type Means = Pick<OpeningValues, 'organisationId' | 'lieuId' | 'title' | 'motifIds' | 'onHolidays'>

/**
 * A change of one date of a series: other hours move it; another place, name,
 * other motifs or a holiday opened on purpose make it an opening of its own.
 */
export function planOneDate(
  series: OpeningValues,
  { day, given }: { day: CivilDay; given: Omit<OpeningValues, 'exceptions'> },
): SeriesPlan<OpeningValues> {
  const change = { scope: 'this', day } as const
  if (hasSameMeans(series, given)) return planChange<OpeningValues>(series, { ...change, given })
  const { row } = planChange<OpeningValues>(series, { ...change, given: null })
  return { row, begun: { ...given, rrule: null, exceptions: [] } }
}

/** Where its clocks and its holidays are. */
export type Ground = { readonly zone: string; readonly department: string }

/** The public holiday of a day; null on the others. */
export const holidayOn = (department: string, day: CivilDay): HolidayName | null =>
  holidaysOf(department, day, addDays(day, 1))[0]?.name ?? null

export type OpenTime = Interval & { readonly onDay: CivilDay }

/** When it is open on the civil days [fromDay, toDay): holidays left out, unless on purpose (domain §2.3). */
export const openTimes = (
  series: OpenSeries,
  { zone, department }: Ground,
  fromDay: CivilDay,
  toDay: CivilDay,
): OpenTime[] =>
  occurrencesBetween(series, fromDay, toDay)
    .filter((one) => series.onHolidays || holidayOn(department, one.toDay) === null)
    .map((one) => ({
      onDay: one.toDay,
      startMs: instantMs(zone, one.toDay, one.startMin),
      endMs: instantMs(zone, one.toDay, one.endMin),
    }))

type AtLieu = { readonly lieuId: number | null }

/**
 * Whether an RDV that stood in an opening no longer does: it met one of its hours before the change, and is wholly within
 * none after, nor, when it was at its lieu, in one at that lieu; each on its own clocks. `after` empty: the opening is
 * taken away.
 */
export function isLeftOut(
  time: Interval & AtLieu,
  before: OpenSeries & AtLieu & Ground,
  after: readonly (OpenSeries & AtLieu & Ground)[],
): boolean {
  const mayBeAnywhere = time.lieuId === null || time.lieuId !== before.lieuId
  const around = (series: OpenSeries & Ground) => {
    const { onDay } = wallClock(series.zone, time.startMs)
    return openTimes(series, series, onDay, addDays(wallClock(series.zone, time.endMs).onDay, 1))
  }
  const isWithin = (open: Interval) => open.startMs <= time.startMs && time.endMs <= open.endMs
  const isKept = (one: OpenSeries & AtLieu & Ground) =>
    (mayBeAnywhere || one.lieuId === time.lieuId) && around(one).some(isWithin)
  return around(before).some((open) => overlaps(open, time)) && !after.some(isKept)
}

/** The first of these times to meet one of those; both in any order. Null when none does. */
export function firstMeeting<One extends Interval>(
  times: readonly OpenTime[],
  others: readonly One[],
): [OpenTime, One] | null {
  const inOrder = [...others].sort((a, b) => a.startMs - b.startMs)
  for (const time of [...times].sort((a, b) => a.startMs - b.startMs)) {
    const met = inOrder.find((other) => overlaps(time, other))
    if (met) return [time, met]
  }
  return null
}

/** An agent's place among the organisations, as far as it decides what they may receive for. */
export type Receiver = {
  readonly roles: readonly { organisationId: number; level: 'basic' | 'admin' | 'intervenant'; isSecretary: boolean }[]
  readonly serviceIds: readonly number[]
}

/**
 * Whether an agent may receive for a live individual motif: of an organisation they belong to, all of them as its admin,
 * else those of their services, and as a secretary those left to secretaries (domain §1.9).
 */
export const mayReceiveFor = (
  { roles, serviceIds }: Receiver,
  motif: { organisationId: number; serviceId: number; isForSecretariat: boolean },
): boolean =>
  roles.some(
    ({ organisationId, level, isSecretary }) =>
      organisationId === motif.organisationId &&
      (level === 'admin' || serviceIds.includes(motif.serviceId) || (isSecretary && motif.isForSecretariat)),
  )
