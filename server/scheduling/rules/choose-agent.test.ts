import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseAgent, rankAgents } from './choose-agent'
import { makeBusy, MONDAY, ms, PARIS } from './make.test-model'

const choice = { zone: PARIS, startMs: ms(MONDAY, '15:00') }

describe('the agent a booking goes to', () => {
  test('has the fewest booked minutes that day', () => {
    const busy = [makeBusy(MONDAY, [['9:00', '10:00']], 1), makeBusy(MONDAY, [['9:00', '9:30'], ['10:00', '10:29']], 2)] // prettier-ignore
    expect(chooseAgent({ ...choice, candidates: [1, 2], busy })).toBe(2)
    expect(rankAgents({ ...choice, candidates: [1, 2, 3], busy })).toEqual([3, 2, 1])
  })

  test('has the lowest id among equals, whatever the order asked', () => {
    expect(chooseAgent({ ...choice, candidates: [7, 3, 5], busy: [] })).toBe(3)
    expect(rankAgents({ ...choice, candidates: [10, 9, 100], busy: [] })).toEqual([9, 10, 100])
  })

  test('is chosen among the candidates only, and nobody without candidate', () => {
    expect(chooseAgent({ ...choice, candidates: [], busy: [makeBusy(MONDAY, [['9:00', '10:00']], 1)] })).toBeNull()
  })

  test('the day is the civil day of the zone', () => {
    const nightOfReunion = { zone: 'Indian/Reunion', startMs: ms('2027-03-02', '0:30', 'Indian/Reunion') }
    const busy = [makeBusy(MONDAY, [['20:00', '21:00']], 1), makeBusy(MONDAY, [['21:00', '21:30']], 2)]
    expect(chooseAgent({ ...nightOfReunion, candidates: [1, 2], busy })).toBe(1)
  })

  test('what overflows the day does not count, what overlaps counts twice', () => {
    const overnight = { agentId: 1, busyMin: [ms('2027-02-28', '12:00') / 60_000, ms(MONDAY, '0:10') / 60_000] }
    expect(
      chooseAgent({ ...choice, candidates: [1, 2], busy: [overnight, makeBusy(MONDAY, [['9:00', '9:15']], 2)] }),
    ).toBe(1)
    const twice = makeBusy(MONDAY, [['9:00', '9:30'], ['9:00', '9:30']], 1) // prettier-ignore
    expect(chooseAgent({ ...choice, candidates: [1, 2], busy: [twice, makeBusy(MONDAY, [['9:00', '9:45']], 2)] })).toBe(
      2,
    )
  })

  test.each([
    [59, [2, 1]],
    [61, [1, 2]],
  ])('an RDV past midnight counts an hour that day, against %i minutes of a colleague: %j', (minutes, ranked) => {
    const nine = ms(MONDAY, '9:00') / 60_000
    const busy = [
      { agentId: 1, busyMin: [ms(MONDAY, '23:00') / 60_000, ms('2027-03-02', '4:00') / 60_000] },
      { agentId: 2, busyMin: [nine, nine + minutes] },
    ]
    expect(rankAgents({ ...choice, candidates: [1, 2], busy })).toEqual(ranked)
  })

  test.each(['2027-02-28', '2027-03-02'])(
    'what an agent has on %s, another day, neither adds nor takes away',
    (day) => {
      const busy = [makeBusy(day, [['9:00', '17:00']], 2)]
      expect(rankAgents({ ...choice, candidates: [1, 2], busy })).toEqual([1, 2])
      const busyToday = [...busy, makeBusy(MONDAY, [['9:00', '9:01']], 1)]
      expect(rankAgents({ ...choice, candidates: [1, 2], busy: busyToday })).toEqual([2, 1])
    },
  )

  test('nobody before the one chosen has less to do', () => {
    const someDay = fc.array(fc.tuple(fc.nat(1300), fc.integer({ min: 1, max: 140 })), { maxLength: 8 })
    fc.assert(
      fc.property(fc.array(someDay, { minLength: 1, maxLength: 6 }), (agents) => {
        const startOfDay = ms(MONDAY, '0:00') / 60_000
        const busy = agents.map((times, i) => ({
          agentId: i + 1,
          busyMin: times.flatMap(([start, length]) => [startOfDay + start, startOfDay + start + length]),
        }))
        const booked = agents.map((times) => times.reduce((sum, [, length]) => sum + length, 0))
        const chosen = chooseAgent({ ...choice, candidates: agents.map((_, i) => i + 1), busy })
        expect(chosen).toBe(booked.indexOf(Math.min(...booked)) + 1)
      }),
      { numRuns: 2000 },
    )
  })
})
