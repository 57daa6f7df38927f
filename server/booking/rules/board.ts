import type { Level } from '@/server/access/rules/reach'
import type { LocationType } from '@/server/directory/rules/motif'
import { type CivilDay, DAY_MIN, wallClock } from '@/server/scheduling/rules/civil'
import type { HolidayName } from '@/server/scheduling/rules/holidays'
import type { AwayTime, BusyTime, TakenTime } from './agent-views'
import type { Phase, Status } from './status'

/** A column of agents side by side. */
export type BoardAgent = { agentId: number; name: string; services: string; level: Exclude<Level, 'none'> }

/** An RDV on a board: what a glance needs, and no way to reach anybody. */
export type BoardRdv = BusyTime & {
  rdvId: number
  agentIds: readonly number[]
  status: Status
  phase: Phase
  isCollective: boolean
  title: string | null
  seats: { taken: number; max: number | null } | null
  people: { firstName: string; lastName: string }[]
  motifName: string
  motifColor: string
  lieuId: number | null
  placeName: string | null
  locationType: LocationType
  /** Somebody is in the waiting room: only today, and until it is said how it went. */
  isWaiting: boolean
  /** Knowingly placed over another RDV of its agents, which still stands. */
  isOverbooked: boolean
  level: 'read' | 'write'
  /** Names the RDV as seen, to move it: see `rescheduleRdv`. */
  sequence: number
}

/** An opening as far as it is open: its title from `read` on, its lieu from `read` in its own territory. */
export type OpeningTime = BusyTime & {
  openingId: number
  agentId: number
  told: { title: string; lieuId: number | null; placeName: string | null } | null
}

/** Which of the agents that answer the question stand on this page: `first` to `last`, counted from 1; both 0 for nobody. */
export type BoardPaging = { page: number; pageCount: number; agentCount: number; first: number; last: number }

/** The page asked for, or the last there is. A size in agents. */
export function pagingOf({
  agentCount,
  size,
  asked,
}: {
  agentCount: number
  size: number
  asked: number
}): BoardPaging {
  const pageCount = Math.max(1, Math.ceil(agentCount / size))
  const page = Math.min(asked, pageCount)
  return {
    page,
    pageCount,
    agentCount,
    first: Math.min(agentCount, (page - 1) * size + 1),
    last: Math.min(agentCount, page * size),
  }
}

/** Several agendas on some days, each as far as it is open to whoever asks. */
export type Board = {
  zone: string
  agents: BoardAgent[]
  paging: BoardPaging
  holidays: { onDay: CivilDay; name: HolidayName }[]
  openings: OpeningTime[]
  away: (AwayTime & { agentId: number })[]
  rdvs: BoardRdv[]
  busy: (TakenTime & { agentId: number })[]
}

type Choice = { id: number; name: string }
/** What a board or a waiting room may be asked for. */
export type BoardChoices = { agents: Choice[]; groups: Choice[]; services: Choice[]; lieux: Choice[] }

/** Hours shown unless something lies outside them, in minutes of a day. */
const [USUAL_START_MIN, USUAL_END_MIN] = [8 * 60, 19 * 60]
const HOUR_MIN = 60

/**
 * Minutes of one day that a time covers in a zone; null when it does not touch that day. One that the clocks going back
 * would end before it starts is drawn as long as it lasts.
 */
export function minutesOn(day: CivilDay, zone: string, { startAt, endAt }: BusyTime): [number, number] | null {
  const start = wallClock(zone, startAt.getTime())
  const end = wallClock(zone, endAt.getTime() - 1)
  if (start.onDay > day || end.onDay < day) return null
  const startMin = start.onDay === day ? start.minuteOfDay : 0
  const endMin = end.onDay === day ? end.minuteOfDay + 1 : DAY_MIN
  if (startMin < endMin) return [startMin, endMin]
  return [startMin, Math.min(DAY_MIN, startMin + Math.ceil((endAt.getTime() - startAt.getTime()) / 60_000))]
}

/** Whether an absence is of some hours: shorter than a day, even the one the clocks go forward. */
export const isOfHours = ({ startAt, endAt }: BusyTime): boolean =>
  endAt.getTime() - startAt.getTime() < SHORTEST_DAY_MS

const SHORTEST_DAY_MS = 23 * 3_600_000

/** Whole hours to show for these spans of minutes: 8 to 19 h, and further when something lies there. */
export function hoursShown(spans: readonly (readonly [number, number])[]): { startMin: number; endMin: number } {
  const startMin = Math.min(USUAL_START_MIN, ...spans.map(([start]) => Math.floor(start / HOUR_MIN) * HOUR_MIN))
  const endMin = Math.max(USUAL_END_MIN, ...spans.map(([, end]) => Math.ceil(end / HOUR_MIN) * HOUR_MIN))
  return { startMin, endMin }
}

/**
 * The lane of each time, so that two that meet never share one: in order of start, the first lane free. `lanes` is how
 * many are needed.
 */
export function layLanes(times: readonly BusyTime[]): { laneOf: number[]; lanes: number } {
  const laneOf: number[] = Array.from({ length: times.length }, () => 0)
  const freeFrom: number[] = []
  const order = times.map((_, i) => i).sort((a, b) => startOf(times, a) - startOf(times, b) || a - b)
  for (const i of order) {
    const free = freeFrom.findIndex((fromMs) => fromMs <= startOf(times, i))
    const lane = free === -1 ? freeFrom.length : free
    freeFrom[lane] = times[i]?.endAt.getTime() ?? 0
    laneOf[i] = lane
  }
  return { laneOf, lanes: Math.max(1, freeFrom.length) }
}

const startOf = (times: readonly BusyTime[], i: number): number => times[i]?.startAt.getTime() ?? 0

/** What is left of an opening once these times are taken from it, in order; nothing before `fromAt`. */
export function freeWithin(opening: BusyTime, taken: readonly BusyTime[], fromAt: Date): BusyTime[] {
  let startMs = Math.max(opening.startAt.getTime(), fromAt.getTime())
  const endMs = opening.endAt.getTime()
  const free: BusyTime[] = []
  for (const { startAt, endAt } of [...taken].sort((a, b) => a.startAt.getTime() - b.startAt.getTime())) {
    if (endAt.getTime() <= startMs || startAt.getTime() >= endMs) continue
    if (startAt.getTime() > startMs) free.push({ startAt: new Date(startMs), endAt: startAt })
    startMs = endAt.getTime()
  }
  return startMs < endMs ? [...free, { startAt: new Date(startMs), endAt: new Date(endMs) }] : free
}
