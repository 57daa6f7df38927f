import type { AbsenceRow, Agendas, BusyOfAgent, OpeningRow } from './agenda'
import { instantMs, wallClock } from './civil'
import type { SlotQuestion } from './question'
import { type Slot, slotAt } from './slot-table'
import { searchSlots } from './slots'

/** Rows and questions for tests: Monday 1 March 2027 in Paris, seen from long before. */
export const MONDAY = '2027-03-01'
export const PARIS = 'Europe/Paris'

/** Minute of the day of a clock time, '9:30' → 570. */
export function at(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return (hours ?? NaN) * 60 + (minutes ?? NaN)
}

/** Instant of a day and clock time, in Paris unless told. */
export const ms = (day: string, clock: string, zone = PARIS): number => instantMs(zone, day, at(clock))

export const makeOpening = (opening: Partial<OpeningRow> = {}): OpeningRow => ({
  id: 1,
  agentId: 1,
  lieuId: 1,
  firstDay: MONDAY,
  startMin: at('9:00'),
  endMin: at('12:00'),
  rrule: null,
  lastDay: null,
  onHolidays: false,
  exceptions: [],
  ...opening,
})

export const makeAbsence = (absence: Partial<AbsenceRow> = {}): AbsenceRow => ({
  id: 1,
  agentId: 1,
  zone: PARIS,
  firstDay: MONDAY,
  startMin: at('9:00'),
  lastDay: absence.firstDay ?? MONDAY,
  endMin: at('10:00'),
  rrule: null,
  exceptions: [],
  ...absence,
})

/** Busy time of agent 1 on a day: [['9:20', '9:50'], …]. */
export const makeBusy = (day: string, times: readonly (readonly [string, string])[], agentId = 1): BusyOfAgent => ({
  agentId,
  busyMin: times.flatMap((bounds) => bounds.map((clock) => ms(day, clock) / 60_000)),
})

export const makeAgendas = (agendas: Partial<Agendas> = {}): Agendas => ({
  openings: [makeOpening()],
  absences: [],
  busy: [],
  ...agendas,
})

/** An agent's question on Monday 1 March 2027, half an hour, asked in January. */
export const makeQuestion = (question: Partial<SlotQuestion> = {}): SlotQuestion => ({
  durationMin: 30,
  zone: PARIS,
  department: '62',
  fromMs: ms(MONDAY, '0:00'),
  toMs: ms(MONDAY, '24:00'),
  nowMs: ms('2027-01-01', '0:00'),
  agents: 'any',
  lieuId: 'any',
  delays: null,
  ...question,
})

/** The slots of a search that must not be refused. */
export function slotsOf(agendas: Partial<Agendas>, question: Partial<SlotQuestion> = {}): Slot[] {
  const table = searchSlots(makeAgendas(agendas), makeQuestion(question))
  if (!table.ok) throw new Error(table.reason)
  return Array.from({ length: table.value.count }, (_, i) => slotAt(table.value, i))
}

/** Clock times of the starts found, in the zone of the question: '9:00 9:45 …'. */
export const clocksOf = (agendas: Partial<Agendas>, question: Partial<SlotQuestion> = {}): string =>
  slotsOf(agendas, question)
    .map(({ startMs }) => wallClock(question.zone ?? PARIS, startMs).minuteOfDay)
    .map((minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`)
    .join(' ')
