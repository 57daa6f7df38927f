import type { AUTHOR_KINDS, STATUSES } from '../schema'
import type { Agent } from './agents'
import { instantAt, isHoliday, minutesLater, type Day } from './calendar'
import type { Motif } from './motifs'
import type { Opening } from './openings'
import type { Random } from './random'
import { occurrencesOf, type Occurrence } from './recurrence'
import type { Lieu } from './territories'
import type { Usager } from './usagers'

export type Status = (typeof STATUSES)[number]
export type Author = { kind: (typeof AUTHOR_KINDS)[number]; id: number | null }
export type Participation = { usager: Usager; status: Status; author: Author; createdAt: Date }

/** An RDV in the making. Its rows are written by `booking-rows.ts`, once everything is known. */
export type Rdv = {
  uuid: string
  motif: Motif
  lieu: Lieu | null
  agents: Agent[]
  day: Day
  startsAt: Date
  endsAt: Date
  status: Status
  participations: Participation[]
  author: Author
  createdAt: Date
  /** When its status was last set, or null while it is still as created. */
  settledAt: Date | null
  context: string | null
  /** False for an overlap that an agent acknowledged. */
  exclusive: boolean
  collective: { title: string; maxSeats: number | null } | null
}

export type Session = { opening: Opening; occurrence: Occurrence }

export const PAST_DAYS = 150
export const FUTURE_DAYS = 62

export const occupies = (status: Status) => status === 'unknown' || status === 'seen' || status === 'noshow'

/** Every day on which an opening really takes place: neither a holiday nor a day of leave. */
export function sessionsOf(all: readonly Opening[], today: Day, away: (agent: Agent, day: Day) => boolean): Session[] {
  return all.flatMap((opening) =>
    occurrencesOf(opening, today - PAST_DAYS, today + FUTURE_DAYS)
      .filter(({ day }) => opening.onHolidays || !isHoliday(day, opening.organisation.territory.departmentNumber))
      .filter(({ day }) => !away(opening.agent, day))
      .map((occurrence) => ({ opening, occurrence })),
  )
}

export type Slot = { motif: Motif; startMin: number; isCancelled: boolean }

/**
 * Books part of one session, left to right, on the grid the slot engine would offer: steps of the motif's
 * duration from the session's start, re-anchored after each busy time. A cancelled slot stays free.
 */
export function fillSession(
  random: Random,
  { opening, occurrence }: Session,
  density: number,
  cancelRate: number,
): Slot[] {
  const slots: Slot[] = []
  const shortest = Math.min(...opening.motifs.map(({ spec }) => spec.durationMin))
  let anchor = occurrence.startMin
  let cursor = occurrence.startMin
  let hasCancelled = false
  while (cursor + shortest <= occurrence.endMin) {
    const fitting = opening.motifs.filter(
      ({ spec }) => onGrid(anchor, cursor, spec.durationMin) + spec.durationMin <= occurrence.endMin,
    )
    if (fitting.length === 0) break
    const motif = random.pick(fitting)
    const { durationMin } = motif.spec
    const startMin = onGrid(anchor, cursor, durationMin)
    const end = startMin + durationMin
    if (!random.chance(density)) {
      cursor = end
      continue
    }
    const isCancelled: boolean = !hasCancelled && random.chance(cancelRate)
    slots.push({ motif, startMin, isCancelled })
    hasCancelled = isCancelled
    if (!isCancelled) anchor = end
    // A slot set free was often given to somebody else.
    cursor = isCancelled && random.chance(0.5) ? startMin : end
  }
  return slots
}

const onGrid = (anchor: number, cursor: number, stepMin: number) =>
  anchor + Math.ceil((cursor - anchor) / stepMin) * stepMin

/** How much of a session is booked, before the whole is scaled to the number of RDVs wanted. */
export function densityOf({ opening, occurrence }: Session, today: Day) {
  const distance = occurrence.day - today
  if (opening.lieu?.state === 'full' && distance >= 0 && distance <= 28) return 1
  if (distance < -21) return 0.32
  if (distance <= 10) return 0.75
  return distance <= 24 ? 0.5 : 0.18
}

/** What became of an RDV, and when it was said. */
export function settle(
  random: Random,
  {
    isCancelled,
    startsAt,
    endsAt,
    createdAt,
    now,
  }: { isCancelled: boolean; startsAt: Date; endsAt: Date; createdAt: Date; now: Date },
): { status: Status; settledAt: Date | null } {
  if (isCancelled) {
    const latest = Math.min(startsAt.getTime(), now.getTime())
    const at = createdAt.getTime() + (0.2 + random.next() * 0.75) * (latest - createdAt.getTime())
    return { status: random.chance(0.66) ? 'excused' : 'revoked', settledAt: new Date(Math.round(at)) }
  }
  if (endsAt > now) return { status: 'unknown', settledAt: null }
  const ageDays = (now.getTime() - endsAt.getTime()) / 86_400_000
  const forgotten = ageDays < 1 ? 0.5 : ageDays < 8 ? 0.18 : ageDays < 20 ? 0.05 : 0.005
  if (random.chance(forgotten)) return { status: 'unknown', settledAt: null }
  const settledAt = minutesLater(
    endsAt,
    Math.min(random.int(1, 400), Math.floor((now.getTime() - endsAt.getTime()) / 60_000)),
  )
  return { status: random.chance(0.1) ? 'noshow' : 'seen', settledAt }
}

/** A moment of a working day some days before the RDV, and before now. A newborn has none before birth. */
export function bookedAt(
  random: Random,
  zone: string,
  { day, notBefore, now, today }: { day: Day; notBefore: Day; now: Date; today: Day },
) {
  const noticeDays = random.weighted([
    [random.int(1, 4), 3],
    [random.int(3, 12), 5],
    [random.int(8, 35), 4],
  ])
  const at = instantAt(zone, Math.max(Math.min(day - noticeDays, today), notBefore), random.int(495, 1080))
  return at < now ? at : minutesLater(now, -random.int(30, 900))
}
