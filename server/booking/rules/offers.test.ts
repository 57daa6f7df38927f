import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chosenMoves, lengthOf, OFFERED_TIMES, shareOut, whyNotMoves, type Ask, type Movable } from './offers'

const MINUTE_MS = 60_000
const PARIS = 'Europe/Paris'
const someStart = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 32, max: 44 }))
  .map(([day, quarter]) => (day * 1440 + quarter * 15) * MINUTE_MS)
const someTeam = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 })
const someAsk = fc.record({
  rdvId: fc.integer({ min: 1, max: 30 }),
  lengthMs: fc.constantFrom(15, 30, 45).map((min) => min * MINUTE_MS),
  agentIds: someTeam,
  startsMs: fc.uniqueArray(someStart, { maxLength: 20 }).map((starts) => starts.sort((a, b) => a - b)),
  heldMs: fc.option(someStart, { freq: 3 }),
  motifId: fc.constantFrom(1, 2),
  usagerIds: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 2 }),
  zone: fc.constant(PARIS),
})
const someAsks = fc.uniqueArray(someAsk, { selector: ({ rdvId }) => rdvId, maxLength: 8 })

type Given = { ask: Ask; startMs: number }
const meet = (one: Given, other: Given) =>
  one.ask.agentIds.some((agentId) => other.ask.agentIds.includes(agentId)) &&
  one.startMs < other.startMs + other.ask.lengthMs &&
  other.startMs < one.startMs + one.ask.lengthMs
const isTwiceADay = (one: Given, other: Given) =>
  one.ask.motifId === other.ask.motifId &&
  one.ask.usagerIds.some((usagerId) => other.ask.usagerIds.includes(usagerId)) &&
  new Date(one.startMs).toISOString().slice(0, 10) === new Date(other.startMs).toISOString().slice(0, 10)
const givenBy = (asks: readonly Ask[], count?: number): Given[] => {
  const shared = shareOut(asks, count)
  return asks.flatMap((ask) => (shared.get(ask.rdvId) ?? []).map((startMs) => ({ ask, startMs })))
}

describe('the times offered to the RDVs of one change', () => {
  test('may be taken for one whatever is taken for the others, each free for it, in order, and only so many', () =>
    fc.assert(
      fc.property(someAsks, fc.integer({ min: 1, max: 6 }), (asks, count) => {
        const given = givenBy(asks, count)
        for (const one of given) {
          expect([...one.ask.startsMs, one.ask.heldMs]).toContain(one.startMs)
          const others = given.filter(({ ask }) => ask.rdvId !== one.ask.rdvId)
          expect(others.filter((other) => meet(one, other))).toEqual([])
          if (one.startMs !== one.ask.heldMs)
            expect(others.filter((other) => other.startMs !== other.ask.heldMs && isTwiceADay(one, other))).toEqual([])
        }
        for (const ask of asks) {
          const own = given.filter((one) => one.ask.rdvId === ask.rdvId).map(({ startMs }) => startMs)
          expect(own.length).toBeLessThanOrEqual(count)
          expect(own).toEqual([...new Set(own)].sort((a, b) => a - b))
        }
      }),
    ))

  test('are fewer only where every other one is offered elsewhere', () =>
    fc.assert(
      fc.property(someAsks, (asks) => {
        const given = givenBy(asks)
        for (const ask of asks) {
          const own = given.filter((one) => one.ask.rdvId === ask.rdvId).map(({ startMs }) => startMs)
          if (own.length === OFFERED_TIMES) continue
          for (const startMs of ask.startsMs.filter((one) => !own.includes(one)))
            expect(
              given.some((one) => {
                const left = { ask, startMs }
                return one.ask.rdvId !== ask.rdvId && (meet(one, left) || isTwiceADay(one, left))
              }),
            ).toBe(true)
        }
      }),
    ))

  test('keep to each the time already chosen for it, when no other holds it', () =>
    fc.assert(
      fc.property(someAsks, (asks) => {
        const held = asks.flatMap((ask) => (ask.heldMs === null ? [] : [{ ask, startMs: ask.heldMs }]))
        const given = givenBy(asks)
        for (const one of held) {
          const isContested = held.some((other) => other.ask.rdvId !== one.ask.rdvId && meet(one, other))
          if (!isContested) expect(given).toContainEqual(one)
        }
      }),
    ))

  test('are the soonest, in turn: nobody waits while another chooses', () => {
    const half = 30 * MINUTE_MS
    const whose = { motifId: 1, usagerIds: [], zone: PARIS }
    const ask = {
      ...whose,
      lengthMs: half,
      agentIds: [1],
      startsMs: [0, 1, 2, 3, 4, 5].map((at) => at * half),
      heldMs: null,
    }
    const asks = [1, 2].map((rdvId) => ({ rdvId, ...ask }))
    expect([...shareOut(asks, 2)]).toEqual([
      [1, [0, 2 * half]],
      [2, [half, 3 * half]],
    ])
  })
})

const at = (clock: string) => new Date(`2027-03-02T${clock}Z`)
const movable = (id: number, over: Partial<Movable> = {}): Movable => ({
  ...{ id, sequence: 0, startsAt: at('08:00'), endsAt: at('08:30'), agentIds: [1] },
  ...{ isCollective: false, isMotifLive: true, isTeamOpen: true },
  ...over,
})
const to = (rdvId: number, clock: string, sequence = 0) => ({ rdvId, to: { startAt: at(clock), sequence } })
const always = () => true

describe('a move chosen with a save', () => {
  test('is made when its time is free, and no other of the same agent takes it', () => {
    const rdvs = [movable(1), movable(2), movable(3, { agentIds: [2] })]
    expect(whyNotMoves(rdvs, [to(1, '09:00'), to(2, '09:30'), to(3, '09:00')], always)).toEqual([])
    expect(whyNotMoves(rdvs, [to(1, '09:00'), to(2, '09:15'), to(3, '09:00')], always)).toEqual([
      { rdvId: 1, reason: 'twice' },
      { rdvId: 2, reason: 'twice' },
    ])
    expect(whyNotMoves(rdvs, [to(1, '09:00')], () => false)).toEqual([{ rdvId: 1, reason: 'taken' }])
  })

  test.each([
    ['changed', {}, 1],
    ['session', { isCollective: true }, 0],
    ['motif-closed', { isMotifLive: false }, 0],
    ['team-closed', { isTeamOpen: false }, 0],
  ] as const)('is refused as %s, however free its time', (reason, over, sequence) => {
    expect(whyNotMoves([movable(1, over)], [to(1, '09:00', sequence)], always)).toEqual([{ rdvId: 1, reason }])
  })

  test('of an RDV that is not there to be moved is refused', () =>
    expect(whyNotMoves([movable(1)], [to(2, '09:00')], always)).toEqual([{ rdvId: 2, reason: 'changed' }]))

  test('lasts as long as before', () => expect(lengthOf(movable(1))).toBe(30 * MINUTE_MS))

  test('without a time is none', () =>
    expect(
      chosenMoves([
        { rdvId: 1, fate: 'cancel' },
        { rdvId: 2, fate: 'move' },
        { fate: 'move', ...to(3, '09:00') },
      ]),
    ).toEqual([to(3, '09:00')]))
})
