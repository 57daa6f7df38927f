import type { AbsenceRow, Agendas, OpeningRow } from './agenda'
import type { SlotQuestion } from './question'

/**
 * The rule book as a child would play it: one minute after the other, one day after the other, nothing shared with the
 * engine but the shape of the rows. Knows three zones and the holidays of 2027. Slow on purpose.
 */
export type NaiveSlot = { startMin: number; agentId: number; lieuId: number | null }

const DAY_MS = 86_400_000
const HOLIDAYS = ['01-01', '03-29', '05-01', '05-06', '05-08', '05-17', '07-14', '08-15', '11-01', '11-11', '12-25']
const LOCAL_HOLIDAYS: Record<string, string[]> = { 974: ['12-20'], 67: ['03-26', '12-26'] }

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const dayAfter = (day: string, days: number) => new Date(utc(day) + days * DAY_MS).toISOString().slice(0, 10)
const weekday = (day: string) => ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(utc(day)).getUTCDay()] ?? ''

function lastSundayAtOne(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month + 1, 0, 1))
  return last.getTime() - last.getUTCDay() * DAY_MS
}

/** Minutes the clock is ahead of UTC at a minute: the European rule, or the fixed offset of the island. */
function ahead(zone: string, minute: number): number {
  if (zone === 'Indian/Reunion') return 240
  if (zone === 'America/Martinique') return -240
  const ms = minute * 60_000
  const year = new Date(ms).getUTCFullYear()
  return ms >= lastSundayAtOne(year, 2) && ms < lastSundayAtOne(year, 9) ? 120 : 60
}

/** The first minute whose clock reads that day and minute, or later. */
function firstMinute(zone: string, day: string, minuteOfDay: number): number {
  const wanted = utc(day) / 60_000 + minuteOfDay
  let minute = wanted - 300
  while (minute + ahead(zone, minute) < wanted) minute++
  return minute
}

function isInRule(rrule: string, firstDay: string, day: string): boolean {
  const part = (name: string) => new RegExp(`${name}=([^;]+)`).exec(rrule)?.[1]
  const until = part('UNTIL')
  if (day < firstDay || (until && day.replaceAll('-', '') > until)) return false
  const interval = Number(part('INTERVAL') ?? 1)
  const date = new Date(utc(day))
  if (part('FREQ') === 'WEEKLY') {
    const monday = (one: string) => utc(one) - ((new Date(utc(one)).getUTCDay() + 6) % 7) * DAY_MS
    const weeks = (monday(day) - monday(firstDay)) / (7 * DAY_MS)
    return weeks % interval === 0 && (part('BYDAY') ?? '').split(',').includes(weekday(day))
  }
  const first = new Date(utc(firstDay))
  const months = (date.getUTCFullYear() - first.getUTCFullYear()) * 12 + date.getUTCMonth() - first.getUTCMonth()
  if (months % interval !== 0) return false
  if (part('BYMONTHDAY')) return Number(part('BYMONTHDAY')) === date.getUTCDate()
  const nth = Math.ceil(date.getUTCDate() / 7)
  const isLast = dayAfter(day, 7).slice(0, 7) !== day.slice(0, 7)
  return part('BYDAY') === `${nth}${weekday(day)}` || (isLast && part('BYDAY') === `-1${weekday(day)}`)
}

type Occurrence = { onDay: string; startMin: number; endMin: number; lieuId?: number | null }

/** Every occurrence on the days given, as the exceptions leave them. */
function occurrencesOn(row: OpeningRow | AbsenceRow, lastDay: string | null, days: readonly string[]): Occurrence[] {
  const isRegular = (day: string) =>
    (lastDay === null || day <= lastDay) &&
    (row.rrule === null ? day === row.firstDay : isInRule(row.rrule, row.firstDay, day))
  const { startMin, endMin } = row
  const found: Occurrence[] = []
  for (const onDay of days) {
    if (isRegular(onDay) && !row.exceptions.some((exception) => exception.onDay === onDay)) {
      found.push({ onDay, startMin, endMin })
    }
    for (const exception of row.exceptions) {
      if (exception.kind !== 'moved' || exception.toDay !== onDay || !isRegular(exception.onDay)) continue
      found.push({ ...exception, onDay })
    }
  }
  return found
}

/** The minutes at which an agent is absent or busy. */
function takenMinutes({ absences, busy }: Agendas, agentId: number, days: readonly string[]): Set<number> {
  const taken = new Set<number>()
  const take = (from: number, to: number) => {
    for (let minute = from; minute < to; minute++) taken.add(minute)
  }
  for (const absence of absences) {
    if (absence.agentId !== agentId) continue
    const span = (utc(absence.lastDay) - utc(absence.firstDay)) / DAY_MS
    for (const { onDay, startMin, endMin } of occurrencesOn(absence, null, days)) {
      take(firstMinute(absence.zone, onDay, startMin), firstMinute(absence.zone, dayAfter(onDay, span), endMin))
    }
  }
  for (const one of busy) {
    if (one.agentId !== agentId) continue
    for (let i = 0; i < one.busyMin.length; i += 2) take(one.busyMin[i] ?? NaN, one.busyMin[i + 1] ?? NaN)
  }
  return taken
}

/** Whether a start passes the window and the delays. */
function isAskedFor(startMin: number, { fromMs, toMs, nowMs, delays }: SlotQuestion): boolean {
  const ms = startMin * 60_000
  if (ms < fromMs || ms >= toMs || ms < nowMs) return false
  return !delays || (ms >= nowMs + delays.minMin * 60_000 && ms <= nowMs + delays.maxMin * 60_000)
}

function startsOfRange(from: number, to: number, { durationMin, nowMs }: SlotQuestion): number[] {
  let anchor = from
  while (anchor * 60_000 < nowMs) anchor += 5
  const starts: number[] = []
  for (let minute = anchor; minute + durationMin <= to; minute++) {
    if ((minute - anchor) % durationMin === 0) starts.push(minute)
  }
  return starts
}

/** Every slot of a question, one per (start, agent, lieu), by agent then start. Windows start on `aroundDay` and last a few days. */
export function naiveSlots(agendas: Agendas, question: SlotQuestion, aroundDay: string): NaiveSlot[] {
  const { agents, lieuId, zone, department } = question
  const days = Array.from({ length: 14 }, (_, i) => dayAfter(aroundDay, i - 6))
  const holidays = [...HOLIDAYS, ...(LOCAL_HOLIDAYS[department] ?? [])]
  const isHoliday = (day: string) => holidays.includes(day.slice(5))
  const slots = new Map<string, NaiveSlot>()
  const takenBy = new Map<number, Set<number>>()
  for (const opening of agendas.openings) {
    const { agentId } = opening
    if (agents !== 'any' && !agents.includes(agentId)) continue
    const taken = takenBy.get(agentId) ?? takenMinutes(agendas, agentId, days)
    takenBy.set(agentId, taken)
    for (const occurrence of occurrencesOn(opening, opening.lastDay, days)) {
      const lieu = occurrence.lieuId === undefined ? opening.lieuId : occurrence.lieuId
      if (lieuId !== 'any' && lieu !== lieuId) continue
      if (isHoliday(occurrence.onDay) && !opening.onHolidays) continue
      const end = firstMinute(zone, occurrence.onDay, occurrence.endMin)
      let freeFrom: number | null = null
      for (let minute = firstMinute(zone, occurrence.onDay, occurrence.startMin); minute <= end; minute++) {
        const isFree = minute < end && !taken.has(minute)
        if (isFree) freeFrom ??= minute
        if (isFree || freeFrom === null) continue
        for (const startMin of startsOfRange(freeFrom, minute, question)) {
          if (isAskedFor(startMin, question))
            slots.set(`${startMin} ${agentId} ${lieu}`, { startMin, agentId, lieuId: lieu })
        }
        freeFrom = null
      }
    }
  }
  return [...slots.values()].sort(byAgentThenStart)
}

const clockDay = (zone: string, minute: number) =>
  new Date((minute + ahead(zone, minute)) * 60_000).toISOString().slice(0, 10)

/** How many occurrences the days of a window hold, open or not, whoever and wherever; one that a clock change swallows is none. */
export function naiveOccurrenceCount({ openings }: Agendas, { zone, fromMs, toMs }: SlotQuestion): number {
  const [firstDay, lastDay] = [fromMs, toMs - 1].map((ms) => clockDay(zone, Math.floor(ms / 60_000)))
  const days: string[] = []
  for (let day = firstDay ?? ''; day <= (lastDay ?? ''); day = dayAfter(day, 1)) days.push(day)
  return openings
    .flatMap((opening) => occurrencesOn(opening, opening.lastDay, days))
    .filter(({ onDay, startMin, endMin }) => firstMinute(zone, onDay, startMin) < firstMinute(zone, onDay, endMin))
    .length
}

export const byAgentThenStart = (a: NaiveSlot, b: NaiveSlot): number =>
  a.agentId - b.agentId || a.startMin - b.startMin || (a.lieuId ?? 0) - (b.lieuId ?? 0)
