import { absenceFullName } from '@/app/_words/absence'
import { rdvName } from '@/app/_words/agent'
import { heldWords } from '@/app/_words/waitlist'
import { instantMs, wallClock, weekdayOf, type CivilDay } from '@/server/scheduling/rules/civil'
import { hoursShown, isOfHours, minutesOn, type Board, type BoardRdv } from '@/server/booking/rules/board'

/**
 * The grid knows wall clocks alone: each time goes in as its civil day and hour in the agenda's zone, marked UTC, and what
 * comes out is read the same way. Zones and the nights the clocks change stay with our own rules.
 */
export type GridEvent = {
  id: string
  start: string
  end: string
  title: string
  startEditable: boolean
  durationEditable: boolean
  display?: 'background'
  extendedProps: { what: GridItem }
}

export type GridItem =
  | { kind: 'rdv'; rdv: BoardRdv }
  | { kind: 'away'; absenceId: number; color: string; words: string }
  | { kind: 'busy' }
  | { kind: 'held'; words: string }
  | { kind: 'opening'; words: string | null }

/** `2027-03-02T09:30:00Z` for half past nine on the clocks of the zone. */
export function wallOf(at: Date, zone: string): string {
  const { onDay, minuteOfDay } = wallClock(zone, at.getTime())
  const two = (part: number) => String(part).padStart(2, '0')
  return `${onDay}T${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}:00Z`
}

/** The instant at which the zone's clocks show what the grid says; the first of two when they show it twice. */
export function instantOf(wall: Date, zone: string): Date {
  const day = wall.toISOString().slice(0, 10)
  return new Date(instantMs(zone, day, wall.getUTCHours() * 60 + wall.getUTCMinutes()))
}

/** An agenda as the grid draws it, each part as far as it is open. */
export function gridEvents({
  zone,
  rdvs,
  away,
  busy,
  openings,
}: Omit<Board, 'agents' | 'paging' | 'holidays'>): GridEvent[] {
  const fixed = { startEditable: false, durationEditable: false } as const
  const span = ({ startAt, endAt }: { startAt: Date; endAt: Date }) => {
    const [start, end] = [wallOf(startAt, zone), wallOf(endAt, zone)]
    if (start < end) return { start, end }
    // Across the hour that comes twice, its clocks would end it before it starts: it is drawn as long as it lasts.
    const endMs = new Date(start).getTime() + endAt.getTime() - startAt.getTime()
    return { start, end: new Date(endMs).toISOString().replace('.000Z', 'Z') }
  }
  return [
    ...openings.map((opening) => {
      const words = opening.told ? (opening.told.placeName ?? opening.told.title) : null
      return {
        ...fixed,
        ...span(opening),
        id: `plage-${opening.openingId}-${opening.startAt.getTime()}`,
        title: words ?? 'Plage d’ouverture',
        display: 'background' as const,
        extendedProps: { what: { kind: 'opening' as const, words } },
      }
    }),
    ...away.map((one) => {
      const words = absenceFullName(one)
      return {
        ...fixed,
        ...span(one),
        id: `absence-${one.absenceId}-${one.startAt.getTime()}`,
        title: words,
        extendedProps: { what: { kind: 'away' as const, absenceId: one.absenceId, color: one.color, words } },
      }
    }),
    ...busy.map(({ heldUntilAt, ...time }) => {
      const words = heldUntilAt && heldWords(heldUntilAt, zone)
      return {
        ...fixed,
        ...span(time),
        id: `occupe-${time.startAt.getTime()}-${time.endAt.getTime()}`,
        title: words ?? 'Occupé',
        extendedProps: { what: words ? { kind: 'held' as const, words } : { kind: 'busy' as const } },
      }
    }),
    ...rdvs.map((rdv) => {
      const isMovable = rdv.level === 'write' && rdv.status === 'unknown'
      return {
        ...span(rdv),
        id: `rdv-${rdv.rdvId}`,
        title: rdvName(rdv),
        startEditable: isMovable,
        durationEditable: isMovable,
        extendedProps: { what: { kind: 'rdv' as const, rdv } },
      }
    }),
  ]
}

/** Whole hours to show on these days, and whether a weekend among them holds something. */
export function gridFrame(
  board: Board,
  days: readonly CivilDay[],
): { startMin: number; endMin: number; hasWeekend: boolean } {
  const spansOn = (times: readonly { startAt: Date; endAt: Date }[], day: CivilDay) =>
    times.map((time) => minutesOn(day, board.zone, time)).filter((span) => span !== null)
  // An absence of whole days says nothing of the hours; one that only passes over a weekend does not show it.
  const times = [...board.rdvs, ...board.busy, ...board.openings, ...board.away.filter(isOfHours)]
  const ofWeekend = board.away.filter(
    ({ startAt, endAt }) =>
      endAt.getTime() - startAt.getTime() <= WEEKEND_MS &&
      weekdayOf(wallClock(board.zone, startAt.getTime()).onDay) > 5,
  )
  const holds = (day: CivilDay) => spansOn([...times, ...ofWeekend], day).length > 0
  return {
    ...hoursShown(days.flatMap((day) => spansOn(times, day))),
    hasWeekend: days.some((day) => weekdayOf(day) > 5 && holds(day)),
  }
}

const WEEKEND_MS = 2 * 86_400_000

/** As the grid counts them: Sunday is 0. Always the same lists, so that nothing is drawn again for one alike. */
const NO_DAY: number[] = []
const SUNDAY = [0]
const WEEKEND = [0, 6]

/** Days of the week the grid leaves out: none where the whole week shows, else Sunday, and Saturday unless asked for. */
export const daysHidden = (hasWeekend: boolean, displaysSaturdays: boolean): number[] =>
  hasWeekend ? NO_DAY : displaysSaturdays ? SUNDAY : WEEKEND

/** The opening on at that instant, the first to begin. */
export const openingAt = (board: Board, at: Date) =>
  board.openings.find(({ startAt, endAt }) => startAt <= at && endAt > at) ?? null
