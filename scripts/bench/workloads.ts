import type { AbsenceRow, Agendas, BusyOfAgent, OpeningRow } from '@/server/scheduling/rules/agenda'
import { type CivilDay, DAY_MIN, MINUTE_MS, addDays, instantMs, weekdayOf } from '@/server/scheduling/rules/civil'
import type { SlotQuestion } from '@/server/scheduling/rules/question'

/** What a workload is made of; see docs/performance.md. Everything else is common to all of them. */
export type WorkloadSpec = {
  agents: number
  queryDays: number
  seed: number
  /** Days absences are drawn from. */
  absenceDays: number
  bookings: { kind: 'random'; perAgent: number; withinDays: number } | { kind: 'every-slot'; withinDays: number }
}

/** The raw facts of one agent, as the bound reads them: instants in ms. */
export type WorkloadAgent = {
  id: number
  openings: readonly { firstDay: CivilDay; weekdays: readonly number[]; startMin: number; endMin: number }[]
  bookings: readonly (readonly [startMs: number, endMs: number])[]
  absences: readonly { onDay: CivilDay; startMin: number; endMin: number; startMs: number; endMs: number }[]
}

/** A workload: raw facts for the bound, rows and a question for the engine, the same people in both. */
export type Workload = {
  zone: string
  baseDay: CivilDay
  queryDays: number
  durationMin: number
  holidays: readonly CivilDay[]
  agents: readonly WorkloadAgent[]
  agendas: Agendas
  question: SlotQuestion
}

const ZONE = 'Europe/Paris'
const BASE_DAY = '2027-03-01'
const DURATION_MIN = 30
const FIRST_DAY = '2026-01-05'
const WEEKDAYS = [1, 2, 3, 4, 5]
const HOURS = [
  { startMin: 540, endMin: 720 },
  { startMin: 840, endMin: 1020 },
]
const GRID_MIN = [540, 570, 600, 630, 660, 690, 840, 870, 900, 930, 960, 990]
const MORNING = { startMin: 510, endMin: 750 }
const AFTERNOON = { startMin: 810, endMin: 1050 }
const HOLIDAYS = [
  '01-01',
  '03-29',
  '05-01',
  '05-06',
  '05-08',
  '05-17',
  '07-14',
  '08-15',
  '11-01',
  '11-11',
  '12-25',
].map((monthDay) => `2027-${monthDay}`)

const scaled = (agents: number, queryDays: number, perAgent: number): WorkloadSpec => ({
  agents,
  queryDays,
  seed: 1002,
  absenceDays: 84,
  bookings: { kind: 'random', perAgent, withinDays: 84 },
})

/** W1: a team's week. W2: a territory's quarter. W3: the first free slot after two full months. */
export const W1: WorkloadSpec = {
  agents: 20,
  queryDays: 7,
  seed: 1001,
  absenceDays: 28,
  bookings: { kind: 'random', perAgent: 60, withinDays: 28 },
}
export const W2 = scaled(300, 84, 150)
export const W3: WorkloadSpec = {
  agents: 50,
  queryDays: 183,
  seed: 1003,
  absenceDays: 60,
  bookings: { kind: 'every-slot', withinDays: 60 },
}

/** W2 with one thing changed: what each series multiplies, and its three sizes. */
export const SCALING: readonly { name: string; sizes: readonly (readonly [size: number, spec: WorkloadSpec])[] }[] = [
  { name: 'agents', sizes: [75, 150, 300].map((size) => [size, scaled(size, 84, 150)] as const) },
  { name: 'days', sizes: [21, 42, 84].map((size) => [size, scaled(300, size, 150)] as const) },
  { name: 'bookings', sizes: [75, 150, 300].map((size) => [size, scaled(300, 84, size)] as const) },
]

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Builds a workload, identical at each call. */
export function makeWorkload(spec: WorkloadSpec): Workload {
  const random = randomFrom(spec.seed)
  const agents = Array.from({ length: spec.agents }, (_, i) => makeAgent(i + 1, spec, random))
  const fromMs = instantMs(ZONE, BASE_DAY, 0)
  const toMs = instantMs(ZONE, addDays(BASE_DAY, spec.queryDays), 0)
  const nowMs = instantMs(ZONE, FIRST_DAY, 0)
  return {
    zone: ZONE,
    baseDay: BASE_DAY,
    queryDays: spec.queryDays,
    durationMin: DURATION_MIN,
    holidays: HOLIDAYS,
    agents,
    agendas: rowsOf(agents),
    question: {
      durationMin: DURATION_MIN,
      zone: ZONE,
      department: '62',
      fromMs,
      toMs,
      nowMs,
      agents: 'any',
      lieuId: 'any',
      delays: null,
    },
  }
}

function makeAgent(id: number, spec: WorkloadSpec, random: () => number): WorkloadAgent {
  const bookings = makeBookings(spec, random).sort((a, b) => a[0] - b[0])
  const days = workingDays(spec.absenceDays)
  const wholeDay = makeAbsence(pick(days, random), { startMin: 0, endMin: DAY_MIN })
  const halfDayOn = pick(days, random)
  const halfDay = makeAbsence(halfDayOn, random() < 0.5 ? MORNING : AFTERNOON)
  const openings = HOURS.map((hours) => ({ firstDay: FIRST_DAY, weekdays: WEEKDAYS, ...hours }))
  return { id, openings, bookings, absences: [wholeDay, halfDay] }
}

function makeBookings({ bookings }: WorkloadSpec, random: () => number): (readonly [number, number])[] {
  const days = workingDays(bookings.withinDays)
  const places = days.flatMap((day) => GRID_MIN.map((minute) => instantMs(ZONE, day, minute)))
  const booked = (startMs: number) => [startMs, startMs + DURATION_MIN * MINUTE_MS] as const
  if (bookings.kind === 'every-slot') return places.map(booked)
  const drawn = new Set<number>()
  while (drawn.size < bookings.perAgent) drawn.add(pick(places, random))
  return [...drawn].map(booked)
}

const makeAbsence = (onDay: CivilDay, hours: { startMin: number; endMin: number }) => ({
  onDay,
  ...hours,
  startMs: instantMs(ZONE, onDay, hours.startMin),
  endMs: instantMs(ZONE, onDay, hours.endMin),
})

const workingDays = (days: number): CivilDay[] =>
  Array.from({ length: days }, (_, i) => addDays(BASE_DAY, i)).filter(
    (day) => weekdayOf(day) <= 5 && !HOLIDAYS.includes(day),
  )

function pick<T>(things: readonly T[], random: () => number): T {
  const thing = things[Math.floor(random() * things.length)]
  if (thing === undefined) throw new Error('nothing to pick from')
  return thing
}

/** The same agents as the loader hands them to the engine. */
function rowsOf(agents: readonly WorkloadAgent[]): Agendas {
  const openings: OpeningRow[] = []
  const absences: AbsenceRow[] = []
  const busy: BusyOfAgent[] = []
  for (const agent of agents) {
    for (const { firstDay, startMin, endMin } of agent.openings) {
      const row = { id: openings.length + 1, agentId: agent.id, lieuId: 1, firstDay, startMin, endMin, lastDay: null }
      openings.push({ ...row, rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', onHolidays: false, exceptions: [] })
    }
    for (const { onDay, startMin, endMin } of agent.absences) {
      const row = { id: absences.length + 1, agentId: agent.id, zone: ZONE, firstDay: onDay, lastDay: onDay }
      absences.push({ ...row, startMin, endMin, rrule: null, exceptions: [] })
    }
    busy.push({ agentId: agent.id, busyMin: agent.bookings.flat().map((ms) => ms / MINUTE_MS) })
  }
  return { openings, absences, busy }
}
