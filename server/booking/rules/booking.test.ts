import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  awaitedCandidate,
  MOVE_NOTICE_MIN,
  whyNotCancel,
  whyNotMoveOnline,
  withoutOwnTime,
  type CancellableRdv,
  type MovableByUsager,
} from './booking'

const NOW = new Date('2027-03-02T08:00:00Z')
const NOTICE_MIN = 240
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const rdv = (over: Partial<CancellableRdv> = {}): CancellableRdv => ({
  status: 'unknown',
  participationStatus: 'unknown',
  startsAt: inMinutes(NOTICE_MIN + 1),
  usagerMayCancel: true,
  isVisible: true,
  ...over,
})

describe('a person cancels their RDV', () => {
  test.each([
    [NOTICE_MIN + 1, null],
    [NOTICE_MIN, 'too-late'],
    [NOTICE_MIN - 1, 'too-late'],
    [-10, 'too-late'],
  ])('%i minutes before the start: %s', (minutes, why) =>
    expect(whyNotCancel(rdv({ startsAt: inMinutes(minutes) }), NOTICE_MIN, NOW)).toBe(why),
  )

  test.each<[Partial<CancellableRdv>, string]>([
    [{ status: 'excused' }, 'already-cancelled'],
    [{ status: 'revoked' }, 'already-cancelled'],
    [{ participationStatus: 'excused' }, 'already-cancelled'],
    [{ usagerMayCancel: false }, 'not-cancellable'],
    [{ isVisible: false }, 'not-cancellable'],
    [{ status: 'seen' }, 'not-cancellable'],
    [{ status: 'noshow' }, 'not-cancellable'],
  ])('%j: %s', (over, why) => expect(whyNotCancel(rdv(over), NOTICE_MIN, NOW)).toBe(why))
})

test('bookings at once wait for every candidate alike, and the same key always for the same', () => {
  const waited = Array.from({ length: 400 }, () => awaitedCandidate(['a', 'b', 'c', 'd'], randomUUID()))
  for (const one of ['a', 'b', 'c', 'd']) expect(waited.filter((other) => other === one).length).toBeGreaterThan(50)
  const key = randomUUID()
  expect(awaitedCandidate([1, 2, 3], key)).toBe(awaitedCandidate([1, 2, 3], key))
  expect(awaitedCandidate([], key)).toBeUndefined()
})

describe('a person moves their RDV', () => {
  const movable = (over: Partial<MovableByUsager> = {}): MovableByUsager => ({
    ...rdv({ startsAt: inMinutes(MOVE_NOTICE_MIN + 1) }),
    ...{ isCollective: false, authorKind: 'usager', agentCount: 1, isMotifLive: true, usagerMayMove: true },
    ...{ bookableBy: 'everyone', isFollowUp: false, sectorisationLevel: 'departement' },
    ...over,
  })

  test.each([
    [MOVE_NOTICE_MIN + 1, null],
    [MOVE_NOTICE_MIN, 'too-late'],
    [1, 'too-late'],
    [0, 'over'],
    [-10, 'over'],
  ])('%i minutes before the start: %s', (minutes, why) =>
    expect(whyNotMoveOnline(movable({ startsAt: inMinutes(minutes) }), NOW)).toBe(why),
  )

  test.each<[Partial<MovableByUsager>, string | null]>([
    [{ status: 'revoked' }, 'already-cancelled'],
    [{ participationStatus: 'excused' }, 'already-cancelled'],
    [{ status: 'seen' }, 'over'],
    [{ isCollective: true }, 'collective'],
    [{ authorKind: 'agent' }, 'placed-by-service'],
    [{ authorKind: 'prescripteur' }, 'placed-by-service'],
    [{ usagerMayMove: false }, 'not-movable'],
    [{ isVisible: false }, 'not-movable'],
    [{ isMotifLive: false }, 'not-movable'],
    [{ bookableBy: 'agents' }, 'not-movable'],
    [{ bookableBy: 'agents_and_prescripteurs' }, 'not-movable'],
    [{ bookableBy: 'agents_and_prescripteurs_and_invited_users' }, null],
    [{ agentCount: 2 }, 'not-movable'],
    [{ isFollowUp: true }, 'not-movable'],
    [{ sectorisationLevel: 'agent' }, 'not-movable'],
    [{ sectorisationLevel: 'organisation' }, null],
    [{ usagerMayCancel: false }, null],
  ])('%j: %s', (over, why) => expect(whyNotMoveOnline(movable(over), NOW)).toBe(why))

  test('its own time counts as free, once, and nobody else’s', () => {
    const own = { agentId: 1, startMs: 60 * 60_000, endMs: 90 * 60_000 }
    const busy = [
      { agentId: 1, busyMin: [0, 60, 60, 90, 60, 90, 90, 120] },
      { agentId: 2, busyMin: [60, 90] },
    ]
    expect(withoutOwnTime({ busy }, own).busy).toEqual([
      { agentId: 1, busyMin: [0, 60, 60, 90, 90, 120] },
      { agentId: 2, busyMin: [60, 90] },
    ])
    expect(withoutOwnTime({ busy }, { ...own, startMs: 30 * 60_000 }).busy).toEqual(busy)
  })
})
