import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { awaitedCandidate, whyNotCancel, type CancellableRdv } from './booking'

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
