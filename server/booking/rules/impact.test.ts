import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fatesOf, FATES, whyNotFates, type ChosenFate } from './impact'
import { allowedMoves, STATUSES } from './status'

const [PAST, TODAY, FUTURE] = ['past', 'today', 'future'] as const
const NOW = new Date('2027-03-02T08:00Z')
const someRdv = fc
  .record({
    id: fc.integer({ min: 1, max: 5 }),
    level: fc.constantFrom('read' as const, 'write' as const),
    status: fc.constantFrom(...STATUSES),
    phase: fc.constantFrom(PAST, TODAY, FUTURE),
    isCollective: fc.boolean(),
  })
  .map(({ phase, isCollective, ...rdv }) => ({
    ...rdv,
    moves: rdv.level === 'read' ? [] : allowedMoves(rdv.status, { startsAt: NOW, phase, isCollective }, NOW),
  }))
const someChoice: fc.Arbitrary<ChosenFate> = fc.record({
  rdvId: fc.integer({ min: 1, max: 7 }),
  fate: fc.constantFrom('move' as const, 'cancel' as const),
})

describe('what becomes of an RDV', () => {
  test('may always be nothing, first of all', () =>
    fc.assert(
      fc.property(someRdv, (rdv) => {
        expect(fatesOf(rdv)[0]).toBe('keep')
      }),
    ))

  test('is chosen only by whoever may write it, and while nothing is said of how it went', () =>
    fc.assert(
      fc.property(someRdv, (rdv) => {
        const isOpen = rdv.level === 'write' && rdv.status === 'unknown'
        expect(fatesOf(rdv)).toEqual(isOpen ? FATES : ['keep'])
      }),
    ))

  test('is never to cancel what its status does not let be cancelled', () =>
    expect(fatesOf({ level: 'write', status: 'unknown', moves: ['seen'] })).toEqual(['keep', 'move']))

  test('refuses each choice that cannot be followed, says why, and follows all the others', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(someRdv, { selector: ({ id }) => id }),
        fc.uniqueArray(someChoice, { selector: ({ rdvId }) => rdvId }),
        (hurt, chosen) => {
          const refused = new Map(whyNotFates(hurt, chosen).map(({ rdvId, reason }) => [rdvId, reason]))
          for (const { rdvId, fate } of chosen) {
            const rdv = hurt.find(({ id }) => id === rdvId)
            const reason = !rdv ? 'gone' : fatesOf(rdv).includes(fate) ? undefined : 'not-allowed'
            expect(refused.get(rdvId)).toBe(reason)
          }
        },
      ),
    ))
})
