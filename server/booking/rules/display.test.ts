import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysShown, withoutCancelled } from './display'
import { isCancelled, STATUSES } from './status'

const WEEK = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']

describe('days of a week', () => {
  test.each([
    [false, [], 5],
    [true, [], 6],
    [false, ['samedi'], 6],
    [true, ['samedi'], 6],
    [true, ['dimanche'], 7],
    [false, ['mardi'], 5],
  ] as const)('Saturdays asked for: %s, held on %j → %i days', (displaysSaturdays, held, count) => {
    const holds = (day: string) => held.some((one) => one === day)
    expect(daysShown(WEEK, displaysSaturdays, holds)).toHaveLength(count)
  })

  test('a Sunday with something shows without the empty Saturday before it', () => {
    expect(daysShown(WEEK, false, (day) => day === 'dimanche')).toEqual([...WEEK.slice(0, 5), 'dimanche'])
  })
})

const rdvsArbitrary = fc.array(fc.record({ id: fc.nat(), status: fc.constantFrom(...STATUSES) }))

test('whoever hides cancelled RDVs sees the others in order, and how many are hidden', () => {
  fc.assert(
    fc.property(rdvsArbitrary, fc.boolean(), (rdvs, displaysCancelled) => {
      const { shown, hiddenCount } = withoutCancelled(rdvs, displaysCancelled)
      expect(shown).toEqual(displaysCancelled ? rdvs : rdvs.filter(({ status }) => !isCancelled(status)))
      expect(shown.length + hiddenCount).toBe(rdvs.length)
    }),
  )
})

test('one cancelled just now stays in sight', () => {
  const rdvs = [
    { id: 1, status: 'excused' },
    { id: 2, status: 'revoked' },
  ] as const
  expect(withoutCancelled(rdvs, false, ({ id }) => id === 2)).toEqual({ shown: [rdvs[1]], hiddenCount: 1 })
})
