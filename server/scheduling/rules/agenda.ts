import {
  type CivilDay,
  DAY_MIN,
  type ZoneDays,
  dayNumberAt,
  dayNumberOf,
  instantMinOf,
  isZone,
  zoneDays,
} from './civil'
import { holidayFlags } from './holidays'
import { type Spans, merge, noSpans, pushSpan, sortByStart, subtract } from './interval'
import { type MovedOccurrence, type OccurrenceException, occurrencesOf, parseRecurrence } from './recurrence'

/** When an agent receives: wall-clock minutes of the territory's day, within one day (start < end ≤ 1440). */
export type OpeningRow = {
  id: number
  agentId: number
  /** Null when the motif needs no lieu. */
  lieuId: number | null
  firstDay: CivilDay
  startMin: number
  endMin: number
  /** iCalendar RRULE value; null is once, on `firstDay`. */
  rrule: string | null
  /** Derived inclusive end of the series; null is endless. */
  lastDay: CivilDay | null
  /** Open on public holidays too. */
  onHolidays: boolean
  exceptions: readonly OccurrenceException[]
}

/** When an agent is away, wherever they work: wall-clock time of the absence's own zone. */
export type AbsenceRow = {
  id: number
  agentId: number
  zone: string
  firstDay: CivilDay
  startMin: number
  /** Last day of ONE occurrence: an absence may span several days, and repeat. */
  lastDay: CivilDay
  endMin: number
  rrule: string | null
  exceptions: readonly OccurrenceException[]
}

/**
 * The time an agent is taken: [start0, end0, start1, end1…], minutes since the epoch, sorted by start, may overlap.
 * RDVs unknown, seen and noshow of any territory, and holds; excused and revoked free the time (the loader filters).
 * Must cover whole civil days: the grid of a morning depends on what happened earlier that morning.
 */
export type BusyOfAgent = { agentId: number; busyMin: ArrayLike<number> }

export type Agendas = {
  openings: readonly OpeningRow[]
  absences: readonly AbsenceRow[]
  busy: readonly BusyOfAgent[]
}

/** A row that cannot be believed refuses the whole question: a slot offered on a wrong agenda is worse than none. */
export type MalformedRow = 'malformed-opening' | 'malformed-absence' | 'malformed-busy'

/** Whether the engine can read an opening: its rule, and where its dates were moved. */
export const isReadableOpening = ({ rrule, exceptions }: OpeningRow): boolean =>
  isReadableRule(rrule) && exceptions.every((one) => one.kind === 'cancelled' || isWithinDay(one.startMin, one.endMin))

/** Whether the engine can read an absence: its zone, its rule, and where its dates were moved. */
export function isReadableAbsence({ zone, firstDay, lastDay, rrule, exceptions }: AbsenceRow): boolean {
  const span = dayNumberOf(lastDay) - dayNumberOf(firstDay)
  const isMoveReadable = (one: OccurrenceException) =>
    one.kind === 'cancelled' || isAbsence(span, one.startMin, one.endMin)
  return isZone(zone) && isReadableRule(rrule) && exceptions.every(isMoveReadable)
}

const isReadableRule = (rrule: string | null): boolean => rrule === null || parseRecurrence(rrule).ok

/** No filter is a word; an empty list is nobody. */
export type AgentFilter = 'any' | readonly number[]

/** Both filters at once: référents and sector, team and chosen agents. */
export function narrowAgents(a: AgentFilter, b: AgentFilter): AgentFilter {
  if (a === 'any') return b
  return b === 'any' ? a : a.filter((agentId) => b.includes(agentId))
}

/** The agents a motif may be booked with: for a follow-up only the usager's référents, hence nobody when there is none. */
export const followUpAgents = (isFollowUp: boolean, referentIds: readonly number[]): AgentFilter =>
  isFollowUp ? referentIds : 'any'

/** The rows of one agent. */
export type AgentAgenda = {
  agentId: number
  openings: OpeningRow[]
  absences: AbsenceRow[]
  busy: BusyOfAgent[]
}

/** Agendas of the agents who have an opening and pass the filter, by ascending id. */
export function byAgent({ openings, absences, busy }: Agendas, agents: AgentFilter): AgentAgenda[] {
  const kept = agents === 'any' ? null : new Set(agents)
  const agendas = new Map<number, AgentAgenda>()
  for (const opening of openings) {
    const agenda = agendas.get(opening.agentId)
    if (agenda) agenda.openings.push(opening)
    else if (!kept || kept.has(opening.agentId)) {
      agendas.set(opening.agentId, { agentId: opening.agentId, openings: [opening], absences: [], busy: [] })
    }
  }
  for (const absence of absences) agendas.get(absence.agentId)?.absences.push(absence)
  for (const one of busy) agendas.get(one.agentId)?.busy.push(one)
  return [...agendas.values()].sort((a, b) => a.agentId - b.agentId)
}

/** The same instants may be two days away on the calendar of an absence's own zone. */
const MARGIN_DAYS = 2

/** The civil days a question looks at, in its zone: `count` days from day number `first`, holidays flagged. */
export type Frame = { zone: string; first: number; count: number; days: ZoneDays; isHoliday: Uint8Array }

/** The whole civil days that the instants [fromMs, toMs) touch in a known zone; fromMs < toMs. */
export function frameOf(zone: string, department: string, fromMs: number, toMs: number): Frame {
  const first = dayNumberAt(zone, fromMs)
  const count = dayNumberAt(zone, toMs - 1) - first + 1
  const days = zoneDays(zone, first - MARGIN_DAYS, count + 2 * MARGIN_DAYS)
  return { zone, first, count, days, isHoliday: holidayFlags(department, first, count) }
}

/** The same days up to the one of instant `untilMs`. */
export const frameUntil = (frame: Frame, untilMs: number): Frame => ({
  ...frame,
  count: Math.min(frame.count, dayNumberAt(frame.zone, untilMs) - frame.first + 1),
})

/** Where a free range or a slot comes from: an opening, in its lieu or in the one an exception moved it to. */
export type Source = { opening: OpeningRow; lieuId: number | null }

/** Working lists of one computation, reused from agent to agent. Tags of `occurrences` and `free` index `sources`. */
export type Desk = {
  sources: Source[]
  occurrences: Spans
  away: Spans
  booked: Spans
  taken: Spans
  free: Spans
  zones: Map<string, ZoneDays>
}

export const newDesk = (): Desk => ({
  sources: [],
  occurrences: noSpans(),
  away: noSpans(),
  booked: noSpans(),
  taken: noSpans(),
  free: noSpans(),
  zones: new Map(),
})

/**
 * Openings − holidays − absences − busy: leaves the agent's free ranges in `desk.free`, sorted by their occurrence's
 * start. Openings that overlap keep each its own ranges. Answers why a row cannot be read, null when all is well.
 */
export function layFree(
  desk: Desk,
  agenda: AgentAgenda,
  frame: Frame,
  lieuId: number | null | 'any',
): MalformedRow | null {
  const malformed = layOpen(desk, agenda, frame, lieuId) ?? layTaken(desk, agenda, frame)
  if (!malformed) subtract(desk.occurrences, desk.taken, desk.free)
  return malformed
}

/** Leaves what the agent is kept from in `desk.away` (absences), `desk.booked` (busy) and `desk.taken` (both, merged). */
export function layTaken(desk: Desk, agenda: AgentAgenda, frame: Frame): MalformedRow | null {
  if (!layAbsences(desk, agenda.absences, frame)) return 'malformed-absence'
  if (!layBusy(desk.booked, agenda.busy, frame)) return 'malformed-busy'
  merge(desk.away, desk.booked, desk.taken)
  return null
}

const isMinute = (minute: number): boolean => Number.isInteger(minute) && minute >= 0 && minute <= DAY_MIN
const isWithinDay = (startMin: number, endMin: number): boolean =>
  isMinute(startMin) && isMinute(endMin) && startMin < endMin

/** Leaves the occurrences of the openings in a lieu in `desk.occurrences`, sorted by start, none on a holiday. */
export function layOpen(
  desk: Desk,
  agenda: AgentAgenda,
  frame: Frame,
  lieuId: number | null | 'any',
): MalformedRow | null {
  desk.occurrences.count = 0
  for (const opening of agenda.openings) {
    const last = opening.lastDay === null ? Infinity : dayNumberOf(opening.lastDay)
    if (Number.isNaN(last) || !isWithinDay(opening.startMin, opening.endMin)) return 'malformed-opening'
    const found = occurrencesOf(opening, frame.first, frame.first + frame.count, last)
    if (!found.ok) return 'malformed-opening'
    if (lieuId === 'any' || opening.lieuId === lieuId) {
      const tag = desk.sources.push({ opening, lieuId: opening.lieuId }) - 1
      for (const day of found.value.days) layOccurrence(desk, frame, tag, day, opening.startMin, opening.endMin)
    }
    for (const moved of found.value.moved) {
      if (!isWithinDay(moved.startMin, moved.endMin)) return 'malformed-opening'
      layMoved(desk, frame, opening, moved, lieuId)
    }
  }
  sortByStart(desk.occurrences)
  return null
}

function layMoved(
  desk: Desk,
  frame: Frame,
  opening: OpeningRow,
  moved: MovedOccurrence,
  lieuId: number | null | 'any',
) {
  const to = moved.lieuId === undefined ? opening.lieuId : moved.lieuId
  if (lieuId !== 'any' && to !== lieuId) return
  const tag = desk.sources.push({ opening, lieuId: to }) - 1
  layOccurrence(desk, frame, tag, dayNumberOf(moved.toDay), moved.startMin, moved.endMin)
}

function layOccurrence(desk: Desk, frame: Frame, tag: number, day: number, startMin: number, endMin: number) {
  if (frame.isHoliday[day - frame.first] === 1 && desk.sources[tag]?.opening.onHolidays !== true) return
  const start = instantMinOf(frame.days, day, startMin)
  const end = instantMinOf(frame.days, day, endMin)
  if (start < end) pushSpan(desk.occurrences, start, end, tag)
}

function layAbsences(desk: Desk, absences: readonly AbsenceRow[], frame: Frame): boolean {
  desk.away.count = 0
  for (const absence of absences) {
    const span = dayNumberOf(absence.lastDay) - dayNumberOf(absence.firstDay)
    if (!isZone(absence.zone) || !isAbsence(span, absence.startMin, absence.endMin)) return false
    const days = absence.zone === frame.zone ? frame.days : daysInZone(desk, absence.zone, frame)
    const found = occurrencesOf(absence, days.first - span, days.first + days.count)
    if (!found.ok) return false
    for (const day of found.value.days) layAbsence(desk.away, days, span, day, absence.startMin, absence.endMin)
    for (const { toDay, startMin, endMin } of found.value.moved) {
      if (!isAbsence(span, startMin, endMin)) return false
      layAbsence(desk.away, days, span, dayNumberOf(toDay), startMin, endMin)
    }
  }
  sortByStart(desk.away)
  return true
}

const isAbsence = (span: number, startMin: number, endMin: number): boolean =>
  span === 0 ? isWithinDay(startMin, endMin) : span > 0 && isMinute(startMin) && isMinute(endMin)

/** What the table of days does not reach is clipped: nothing there is looked at. */
function layAbsence(away: Spans, days: ZoneDays, span: number, day: number, startMin: number, endMin: number) {
  const isBefore = day < days.first
  const isBeyond = day + span >= days.first + days.count
  const start = isBefore ? (days.midnightMin[0] as number) : instantMinOf(days, day, startMin)
  const end = isBeyond ? (days.midnightMin[days.count] as number) : instantMinOf(days, day + span, endMin)
  if (start < end) pushSpan(away, start, end, 0)
}

function daysInZone(desk: Desk, zone: string, frame: Frame): ZoneDays {
  const days = desk.zones.get(zone) ?? zoneDays(zone, frame.days.first, frame.days.count)
  desk.zones.set(zone, days)
  return days
}

function layBusy(booked: Spans, busy: readonly BusyOfAgent[], frame: Frame): boolean {
  booked.count = 0
  const fromMin = frame.days.midnightMin[MARGIN_DAYS] as number
  const toMin = frame.days.midnightMin[MARGIN_DAYS + frame.count] as number
  for (const { busyMin } of busy) {
    if (busyMin.length % 2 !== 0) return false
    for (let i = 0; i < busyMin.length; i += 2) {
      const start = busyMin[i] as number
      const end = busyMin[i + 1] as number
      if (!(start < end)) return false
      if (end > fromMin && start < toMin) pushSpan(booked, start, end, 0)
    }
  }
  sortByStart(booked)
  return true
}
