import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Agendas } from './agenda'
import {
  at,
  makeAbsence,
  makeAgendas,
  makeBusy,
  makeOpening,
  makeQuestion,
  MONDAY,
  ms,
  slotsOf,
} from './make.test-model'
import { areFreeAt, searchTogether, type SharedSlot } from './together'

function shared(agendas: Partial<Agendas>, agents: readonly number[], durationMin = 30): SharedSlot[] {
  const found = searchTogether(makeAgendas(agendas), { ...makeQuestion({ durationMin }), agents })
  if (!found.ok) throw new Error(found.reason)
  return found.value
}
const clocks = (slots: readonly SharedSlot[]) =>
  slots.map(({ startMs }) => new Date(startMs + 3_600_000).toISOString().slice(11, 16))

const two = [makeOpening(), makeOpening({ id: 2, agentId: 2, startMin: at('10:00'), endMin: at('13:00') })]

describe('two agents at once', () => {
  test('are offered when both are open and free', () =>
    expect(clocks(shared({ openings: two }, [1, 2]))).toEqual(['10:00', '10:30', '11:00', '11:30']))

  test('start afresh after what keeps either of them', () => {
    const busy = [makeBusy(MONDAY, [['10:00', '10:20']], 1)]
    const absences = [makeAbsence({ agentId: 2, startMin: at('11:00'), endMin: at('11:15') })]
    expect(clocks(shared({ openings: two, busy, absences }, [1, 2]))).toEqual(['10:20', '11:15'])
  })

  test('are together at one lieu, each lieu apart', () => {
    const elsewhere = two.map((opening) => (opening.agentId === 2 ? { ...opening, lieuId: 2 } : opening))
    expect(shared({ openings: elsewhere }, [1, 2])).toEqual([])
    const both = [...elsewhere, makeOpening({ id: 3, startMin: at('14:00'), endMin: at('15:00') })]
    const afternoon = makeOpening({ id: 4, agentId: 2, startMin: at('14:30'), endMin: at('15:00') })
    expect(shared({ openings: [...both, afternoon] }, [1, 2])).toEqual([
      { startMs: ms(MONDAY, '14:30'), endMs: ms(MONDAY, '15:00'), lieuId: 1 },
    ])
  })

  test('of whom one never receives, never', () => expect(shared({ openings: two }, [1, 2, 3])).toEqual([]))

  test('one agent alone has their own slots', () =>
    expect(clocks(shared({ openings: two }, [1]))).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00', '11:30']))
})

const someHours = fc
  .tuple(fc.integer({ min: 8 * 60, max: 16 * 60 }), fc.integer({ min: 1, max: 240 }))
  .map(([startMin, length]) => ({ startMin, endMin: startMin + length }))
const someAgendas = fc
  .record({
    openings: fc.array(fc.tuple(someHours, fc.integer({ min: 1, max: 3 }), fc.constantFrom(null, 1, 2)), {
      maxLength: 8,
    }),
    busy: fc.array(fc.tuple(someHours, fc.integer({ min: 1, max: 3 })), { maxLength: 6 }),
  })
  .map(({ openings, busy }) => ({
    openings: openings.map(([hours, agentId, lieuId], index) =>
      makeOpening({ id: index + 1, agentId, lieuId, ...hours }),
    ),
    busy: busy.map(([{ startMin, endMin }, agentId]) => ({
      agentId,
      busyMin: [startMin, endMin].map((minute) => ms(MONDAY, '0:00') / 60_000 + minute),
    })),
  }))

/** The minutes an agent is free at a lieu: their slots of one minute. */
const freeMinutes = (agendas: Partial<Agendas>, agentId: number, lieuId: number | null) =>
  new Set(
    slotsOf(agendas, { durationMin: 1, agents: [agentId] })
      .filter((slot) => slot.lieuId === lieuId)
      .map(({ startMs }) => startMs / 60_000),
  )

test('offers exactly what minute by minute everybody could, from the first minute of each stretch they share', () => {
  fc.assert(
    fc.property(
      someAgendas,
      fc.constantFrom([1, 2], [1, 2, 3]),
      fc.integer({ min: 5, max: 60 }),
      (agendas, agents, durationMin) => {
        const slots = shared(agendas, agents, durationMin)
        for (const lieuId of [null, 1, 2]) {
          const [mine = new Set<number>(), ...others] = agents.map((agentId) => freeMinutes(agendas, agentId, lieuId))
          const free = new Set([...mine].filter((minute) => others.every((one) => one.has(minute))))
          const fits = (start: number) =>
            Array.from({ length: durationMin }, (_, i) => start + i).every((one) => free.has(one))
          const starts = slots.filter((slot) => slot.lieuId === lieuId).map(({ startMs }) => startMs / 60_000)
          expect(starts.every(fits)).toBe(true)
          expect(starts).toEqual(
            expect.arrayContaining([...free].filter((minute) => !free.has(minute - 1) && fits(minute))),
          )
          expect(starts.every((start, i) => i === 0 || start - (starts[i - 1] ?? 0) >= durationMin)).toBe(true)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('are free at any minute from which everybody could, on no grid, and at no other', () => {
  fc.assert(
    fc.property(
      someAgendas,
      fc.constantFrom([1], [1, 2]),
      fc.integer({ min: 5, max: 60 }),
      fc.integer({ min: 8 * 60, max: 20 * 60 }),
      fc.constantFrom(null, 1, 'any' as const),
      (agendas, agents, durationMin, minute, lieuId) => {
        const question = { ...makeQuestion({ durationMin, lieuId }), agents }
        const startMs = ms(MONDAY, '0:00') + minute * 60_000
        const fits = (at: number | null) => {
          const each = agents.map((agentId) => freeMinutes(agendas, agentId, at))
          return Array.from({ length: durationMin }, (_, i) => startMs / 60_000 + i).every((one) =>
            each.every((free) => free.has(one)),
          )
        }
        const isFree = (lieuId === 'any' ? [null, 1, 2] : [lieuId]).some(fits)
        expect(areFreeAt(makeAgendas(agendas), question, startMs)).toEqual({ ok: true, value: isFree })
      },
    ),
    { numRuns: 300 },
  )
})

test('are never free before now', () => {
  const startMs = ms(MONDAY, '9:00')
  const asked = (nowMs: number) => areFreeAt(makeAgendas(), { ...makeQuestion({ nowMs }), agents: [1] }, startMs)
  expect([asked(startMs), asked(startMs + 60_000)]).toEqual([
    { ok: true, value: true },
    { ok: true, value: false },
  ])
})
