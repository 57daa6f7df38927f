import { describe, expect, test } from 'vitest'
import {
  allowedMoves,
  isCancelled,
  occupies,
  propagateToParticipation,
  STATUSES,
  statusFromParticipations,
  whyNotMove,
  type Phase,
  type Status,
} from './status'

const NOW = new Date('2027-03-02T10:00:00Z')
const STARTED = new Date('2027-03-02T09:00:00Z')
const LATER = new Date('2027-03-02T11:00:00Z')

/** domain §4.2, cell by cell: from `unknown`, by phase, kind, and whether the start has passed. */
const TABLE: { phase: Phase; isCollective: boolean; startsAt: Date; moves: Status[] }[] = [
  { phase: 'future', isCollective: false, startsAt: LATER, moves: ['excused', 'revoked'] },
  { phase: 'future', isCollective: true, startsAt: LATER, moves: ['revoked'] },
  { phase: 'today', isCollective: false, startsAt: LATER, moves: ['seen', 'excused', 'revoked'] },
  { phase: 'today', isCollective: false, startsAt: STARTED, moves: ['seen', 'noshow', 'excused', 'revoked'] },
  { phase: 'today', isCollective: true, startsAt: LATER, moves: ['seen', 'revoked'] },
  { phase: 'today', isCollective: true, startsAt: STARTED, moves: ['seen', 'revoked'] },
  { phase: 'past', isCollective: false, startsAt: STARTED, moves: ['seen', 'noshow', 'excused', 'revoked'] },
  { phase: 'past', isCollective: true, startsAt: STARTED, moves: ['seen', 'revoked'] },
]

describe('from unknown', () => {
  for (const { moves, ...rdv } of TABLE) {
    const name = `${rdv.isCollective ? 'a collective' : 'an individual'} RDV, ${rdv.phase}, ${rdv.startsAt === STARTED ? 'begun' : 'not begun'}`
    for (const to of STATUSES) {
      test(`${name} → ${to}: ${moves.includes(to) ? 'allowed' : 'refused'}`, () =>
        expect(whyNotMove('unknown', to, rdv, NOW) === null).toBe(moves.includes(to)))
    }
  }
})

describe('from anything else', () => {
  const rdv = { phase: 'past', startsAt: STARTED, isCollective: false } as const
  for (const from of STATUSES.filter((status) => status !== 'unknown')) {
    test(`${from} only goes back to unknown`, () => expect(allowedMoves(from, rdv, NOW)).toEqual(['unknown']))
  }
})

test('a no-show before the start says why', () =>
  expect(whyNotMove('unknown', 'noshow', { phase: 'today', startsAt: LATER, isCollective: false }, NOW)).toBe(
    'not-started',
  ))

test('a no-show occupies its time and its seat, a cancellation does not', () => {
  expect(STATUSES.filter(occupies)).toEqual(['unknown', 'seen', 'noshow'])
  expect(STATUSES.filter(isCancelled)).toEqual(['excused', 'revoked'])
})

describe('an RDV’s status reaches its participations', () => {
  const cases: [Status, Record<Status, Status>][] = [
    ['revoked', { unknown: 'revoked', seen: 'revoked', excused: 'excused', revoked: 'revoked', noshow: 'revoked' }],
    ['excused', { unknown: 'excused', seen: 'excused', excused: 'excused', revoked: 'revoked', noshow: 'excused' }],
    ['seen', { unknown: 'seen', seen: 'seen', excused: 'excused', revoked: 'revoked', noshow: 'noshow' }],
    ['noshow', { unknown: 'noshow', seen: 'seen', excused: 'excused', revoked: 'revoked', noshow: 'noshow' }],
  ]
  for (const [to, expected] of cases) {
    for (const before of STATUSES) {
      test(`${to} on a participation ${before} → ${expected[before]}`, () =>
        expect(propagateToParticipation(before, { from: 'unknown', to })).toBe(expected[before]))
    }
  }
  for (const from of STATUSES.filter((status) => status !== 'unknown')) {
    for (const before of STATUSES) {
      const after = before === from ? 'unknown' : before
      test(`undoing ${from} on a participation ${before} → ${after}`, () =>
        expect(propagateToParticipation(before, { from, to: 'unknown' })).toBe(after))
    }
  }
})

describe('participations make their RDV', () => {
  const individual = { phase: 'past', startsAt: STARTED, isCollective: false } as const
  const session = { phase: 'today', startsAt: STARTED, isCollective: true } as const
  test.each<[readonly Status[], Status]>([
    [['noshow', 'seen'], 'seen'],
    [['excused', 'excused'], 'excused'],
    [['revoked'], 'revoked'],
    [['noshow', 'noshow'], 'noshow'],
    [['excused', 'revoked'], 'unknown'],
    [['unknown', 'excused'], 'unknown'],
    [[], 'unknown'],
  ])('%j make an individual RDV %s', (participations, status) =>
    expect(statusFromParticipations(participations, individual, NOW)).toBe(status),
  )
  test.each<[readonly Status[], Date, Status]>([
    [['noshow', 'excused'], STARTED, 'revoked'],
    [['noshow', 'excused'], LATER, 'unknown'],
    [['noshow', 'unknown'], STARTED, 'unknown'],
    [['noshow', 'seen'], STARTED, 'seen'],
  ])('%j make a session started at %s %s', (participations, startsAt, status) =>
    expect(statusFromParticipations(participations, { ...session, startsAt }, NOW)).toBe(status),
  )
})
