import fc from 'fast-check'
import { expect, test } from 'vitest'
import { movedValues, warningsOfMove, type Held } from './reschedule'

const NINE: Held = {
  startsAt: new Date('2027-03-02T08:00:00Z'),
  endsAt: new Date('2027-03-02T08:30:00Z'),
  lieuId: 7,
  agentIds: [1, 2],
}

test.each<[string, Partial<Held>, unknown]>([
  ['nothing', {}, []],
  ['agents in another order', { agentIds: [2, 1] }, []],
  [
    'a later start, as long',
    { startsAt: new Date('2027-03-02T09:00:00Z'), endsAt: new Date('2027-03-02T09:30:00Z') },
    [{ field: 'startsAt', from: '2027-03-02T08:00:00.000Z', to: '2027-03-02T09:00:00.000Z' }],
  ],
  ['a later end', { endsAt: new Date('2027-03-02T08:45:00Z') }, [{ field: 'durationMin', from: 30, to: 45 }]],
  ['another lieu', { lieuId: 8 }, [{ field: 'lieuId', from: 7, to: 8 }]],
  ['one agent for another', { agentIds: [1, 3] }, [{ field: 'agentIds', from: [1, 2], to: [1, 3] }]],
])('%s', (_what, over, values) => expect(movedValues(NINE, { ...NINE, ...over })).toEqual(values))

test('back is the same fields the other way, whatever moved', () => {
  const held = fc.record({
    startMs: fc.integer({ min: 0, max: 5 }).map((hours) => Date.parse('2027-03-02T08:00:00Z') + hours * 3_600_000),
    durationMin: fc.constantFrom(15, 30),
    lieuId: fc.constantFrom(null, 7, 8),
    agentIds: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 }),
  })
  const heldOf = ({ startMs, durationMin, ...rest }: Drawn): Held => ({
    ...rest,
    startsAt: new Date(startMs),
    endsAt: new Date(startMs + durationMin * 60_000),
  })
  fc.assert(
    fc.property(held, held, (one, other) => {
      const there = movedValues(heldOf(one), heldOf(other))
      const back = movedValues(heldOf(other), heldOf(one))
      expect(back).toEqual(there.map(({ field, from, to }) => ({ field, from: to, to: from })))
    }),
  )
})
type Drawn = { startMs: number; durationMin: number; lieuId: number | null; agentIds: number[] }

test('past absences of its people are no news when an RDV moves', () => {
  const past = { kind: 'past' } as const
  expect(warningsOfMove([past, { kind: 'no-shows', usagerId: 1, count: 2 }])).toEqual([past])
})
