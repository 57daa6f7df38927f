import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AbsenceRow, Agendas, BusyOfAgent, OpeningRow } from './agenda'
import { addDays, instantMs } from './civil'
import { byAgentThenStart, naiveOccurrenceCount, naiveSlots } from './naive.test-model'
import type { SlotQuestion } from './question'
import type { OccurrenceException } from './recurrence'
import { agentSlots, slotAt, uniqueStartsMin, userSlots } from './slot-table'
import { nextAvailability, searchSlots } from './slots'
import { whyNoSlots } from './why-no-slots'

const RUNS = { numRuns: 2000 }
const ZONES = ['Europe/Paris', 'Europe/Paris', 'Indian/Reunion', 'America/Martinique']

/** Days around both clock changes and holidays of 2027. */
const someBaseDay = fc.oneof(
  fc.nat(4).map((days) => addDays('2027-03-25', days)),
  fc.nat(4).map((days) => addDays('2027-10-28', days)),
  fc.nat(10).map((days) => addDays('2027-12-17', days)),
)
const RULES = [
  'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU',
  'FREQ=WEEKLY;BYDAY=MO,WE,SU',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA,SU',
  'FREQ=WEEKLY;BYDAY=MO,SU;UNTIL=20270329',
  'FREQ=MONTHLY;BYDAY=-1SU',
  'FREQ=MONTHLY;INTERVAL=2;BYDAY=4MO',
  'FREQ=MONTHLY;BYMONTHDAY=29',
]
const someRule = fc.option(fc.constantFrom(...RULES), { nil: null })
const someHours = fc
  .tuple(
    // half of them start around the hours at which clocks change
    fc.oneof(fc.nat(1439), fc.integer({ min: 45, max: 200 })),
    fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 10, max: 150 })),
    fc.boolean(),
  )
  .map(([start, length, isRound]) => (isRound ? [start - (start % 5), length - (length % 5) + 5] : [start, length]))
  .map(([start = 0, length = 1]) => ({ startMin: start, endMin: Math.min(1440, start + length) }))

const someDayNear = (base: string, before: number, after: number) =>
  fc.integer({ min: -before, max: after }).map((days) => addDays(base, days))

const someExceptions = (base: string): fc.Arbitrary<OccurrenceException[]> => {
  const onDay = someDayNear(base, 3, 5)
  const lieu = fc.option(fc.record({ lieuId: fc.constantFrom(null, 1, 2) }), { nil: {} })
  const moved = fc
    .tuple(onDay, someDayNear(base, 3, 5), someHours, lieu)
    .map(([day, toDay, hours, to]) => ({ kind: 'moved' as const, onDay: day, toDay, ...hours, ...to }))
  const cancelled = onDay.map((day) => ({ kind: 'cancelled' as const, onDay: day }))
  return fc.uniqueArray(fc.oneof(moved, cancelled), { maxLength: 2, selector: (exception) => exception.onDay })
}

const someOpening = (base: string): fc.Arbitrary<OpeningRow> =>
  fc
    .record({
      agentId: fc.integer({ min: 1, max: 3 }),
      lieuId: fc.constantFrom(null, 1, 2),
      firstDay: someDayNear(base, 12, 4),
      hours: someHours,
      rrule: someRule,
      lastDay: fc.option(someDayNear(base, 2, 4), { nil: null, freq: 3 }),
      onHolidays: fc.boolean(),
      exceptions: someExceptions(base),
    })
    .map(({ hours, ...opening }) => ({ id: 0, ...opening, ...hours }))

const someAbsence = (base: string): fc.Arbitrary<AbsenceRow> =>
  fc
    .record({
      agentId: fc.integer({ min: 1, max: 3 }),
      zone: fc.constantFrom(...ZONES),
      firstDay: someDayNear(base, 6, 4),
      span: fc.integer({ min: 0, max: 3 }),
      hours: someHours,
      rrule: someRule,
      exceptions: someExceptions(base),
    })
    .map(({ span, hours, ...absence }) => ({ id: 0, ...absence, ...hours, lastDay: addDays(absence.firstDay, span) }))

const someBusy = (base: string): fc.Arbitrary<BusyOfAgent[]> => {
  const baseMin = instantMs('UTC', base, 0) / 60_000
  const times = fc.array(fc.tuple(fc.integer({ min: -600, max: 5000 }), fc.integer({ min: 1, max: 120 })), {
    maxLength: 25,
  })
  const toBusy = (pairs: (readonly [number, number])[]) =>
    pairs.sort((a, b) => a[0] - b[0]).flatMap(([start, length]) => [baseMin + start, baseMin + start + length])
  return fc.tuple(times, times, times).map((all) => all.map((pairs, i) => ({ agentId: i + 1, busyMin: toBusy(pairs) })))
}

const someQuestion = (base: string): fc.Arbitrary<SlotQuestion> =>
  fc
    .record({
      durationMin: fc.integer({ min: 5, max: 90 }),
      zone: fc.constantFrom(...ZONES),
      department: fc.constantFrom('62', '974', '67'),
      fromMs: fc.integer({ min: 0, max: 30 * 3_600_000 }),
      lengthMs: fc.integer({ min: 1, max: 72 * 3_600_000 }),
      nowMs: fc.integer({ min: -48 * 3_600_000, max: 40 * 3_600_000 }),
      agents: fc.oneof(fc.constant('any' as const), fc.uniqueArray(fc.integer({ min: 1, max: 3 }))),
      lieuId: fc.constantFrom('any' as const, 'any' as const, null, 1),
      delays: fc.option(fc.record({ minMin: fc.nat(1500), maxMin: fc.nat(6000) }), { nil: null }),
    })
    .map(({ lengthMs, ...question }) => {
      const baseMs = instantMs('UTC', base, 0)
      const fromMs = baseMs + question.fromMs
      return { ...question, fromMs, toMs: fromMs + lengthMs, nowMs: baseMs + question.nowMs }
    })

type Case = { base: string; agendas: Agendas; question: SlotQuestion }
const someCase: fc.Arbitrary<Case> = someBaseDay.chain((base) =>
  fc.record({
    base: fc.constant(base),
    question: someQuestion(base),
    agendas: fc.record({
      openings: fc
        .array(someOpening(base), { maxLength: 5 })
        .map((openings) => openings.map((opening, i) => ({ ...opening, id: i + 1 }))),
      absences: fc.array(someAbsence(base), { maxLength: 3 }),
      busy: someBusy(base),
    }),
  }),
)

const tableOf = ({ agendas, question }: Case) => {
  const table = searchSlots(agendas, question)
  if (!table.ok) throw new Error(table.reason)
  return table.value
}
const allOf = (table: ReturnType<typeof tableOf>) => Array.from({ length: table.count }, (_, i) => slotAt(table, i))

describe('against the naive model', () => {
  test('the search finds exactly its slots', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const found = allOf(tableOf(one)).map(({ startMs, agentId, lieuId }) => ({
          startMin: startMs / 60_000,
          agentId,
          lieuId,
        }))
        expect(found.sort(byAgentThenStart)).toEqual(naiveSlots(one.agendas, one.question, one.base))
      }),
      RUNS,
    )
  })

  test('the next availability is its earliest, by the lowest id', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const [first] = naiveSlots(one.agendas, one.question, one.base).sort((a, b) => a.startMin - b.startMin)
        const next = nextAvailability(one.agendas, one.question)
        if (!next.ok) throw new Error(next.reason)
        expect(next.value?.startMs).toBe(first && first.startMin * 60_000)
        expect(next.value?.agentId).toBe(first?.agentId)
      }),
      RUNS,
    )
  })
})

describe('whatever the agendas', () => {
  test('starts are ascending per agent, and lists are in order without double', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const table = tableOf(one)
        const slots = allOf(table)
        slots.forEach((slot, i) => {
          const before = slots[i - 1]
          if (before?.agentId === slot.agentId) expect(slot.startMs).toBeGreaterThanOrEqual(before.startMs)
        })
        const starts = [...new Set(slots.map(({ startMs }) => startMs))].sort((a, b) => a - b)
        expect([...uniqueStartsMin(table)].map((minute) => minute * 60_000)).toEqual(starts)
        expect(userSlots(table).map(({ startMs }) => startMs)).toEqual(starts)
        const pairs = agentSlots(table).map(({ startMs, agentId }) => `${startMs} ${agentId}`)
        expect(pairs).toHaveLength(new Set(slots.map(({ startMs, agentId }) => `${startMs} ${agentId}`)).size)
      }),
      RUNS,
    )
  })

  test('the reasons speak exactly when there is no slot, and count every occurrence once', () => {
    fc.assert(
      fc.property(someCase, (one) => {
        const why = whyNoSlots(one.agendas, one.question)
        if (!why.ok) throw new Error(why.reason)
        expect(why.value.offering > 0).toBe(tableOf(one).count > 0)
        if (why.value.offering === 0) expect(why.value.reasons.length).toBeGreaterThan(0)
        const counted = why.value.reasons.reduce((sum, { count }) => sum + count, why.value.offering)
        const expected = naiveOccurrenceCount(one.agendas, one.question)
        // Without any, what is counted is the openings there are elsewhen.
        expect(counted).toBe(expected > 0 ? expected : one.agendas.openings.length)
      }),
      RUNS,
    )
  })
})
