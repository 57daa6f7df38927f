import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterPutOff } from './asking-again'
import { MAX_ATTEMPTS } from './sending'

const NOW = new Date('2027-03-02T08:00:00Z')
const [SEC_MS, MINUTE_MS, HOUR_MS] = [1000, 60_000, 3_600_000]
const PUT_OFF = { messageId: 1, attempt: 1, isAsked: true, retryInSec: null, sinceMs: NOW.getTime(), untilMs: null }
const UNASKED = { ...PUT_OFF, isAsked: false }

type PutOff = Parameters<typeof afterPutOff>[0]
const waitMs = (putOff: PutOff, now = NOW) => {
  const { again } = afterPutOff(putOff, now)
  return again && again.at.getTime() - now.getTime()
}

/** All its tries, each of which asks a gateway or not, from the first until it is given up. */
function playedUntilTheEnd(first: PutOff, isAskedAt: (times: number) => boolean) {
  let [attempts, nowMs, sinceMs] = [0, NOW.getTime(), first.sinceMs]
  for (let times = 1; times < 1000; times++) {
    const putOff = { ...first, attempt: attempts + 1, isAsked: isAskedAt(times), sinceMs }
    const next = afterPutOff(putOff, new Date(nowMs))
    attempts = next.attempts
    if (!next.again) return { times, attempts, tookMs: nowMs - NOW.getTime(), lastMs: nowMs }
    expect(next.again.at.getTime()).toBeGreaterThan(nowMs)
    ;[nowMs, sinceMs] = [next.again.at.getTime(), next.again.sinceMs]
  }
  throw new Error('it has no end')
}
const messageId = fc.integer({ min: 1, max: 2 ** 40 })

describe('an SMS no gateway is asked for', () => {
  test('is no attempt, and waits a minute, then half as long as it has waited, up to a quarter of an hour', () => {
    expect(afterPutOff({ ...UNASKED, attempt: 4 }, NOW)).toMatchObject({
      attempts: 3,
      again: { sinceMs: NOW.getTime() },
    })
    fc.assert(
      fc.property(messageId, fc.integer({ min: 0, max: 3 * HOUR_MS }), (id, waitedMs) => {
        const meantMs = Math.min(Math.max(waitedMs / 2, MINUTE_MS), 15 * MINUTE_MS)
        const putOff = { ...UNASKED, messageId: id, sinceMs: NOW.getTime() - waitedMs }
        expect(Math.abs((waitMs(putOff) ?? 0) / meantMs - 1)).toBeLessThanOrEqual(0.1 + 1e-6 + 1 / meantMs)
        expect(waitMs(putOff)).toBe(waitMs(putOff))
      }),
    )
  })

  test('is given up after about three hours and a half, without an attempt, having looked some thirty times at most', () => {
    fc.assert(
      fc.property(messageId, (id) => {
        const { attempts, tookMs, times } = playedUntilTheEnd({ ...UNASKED, messageId: id }, () => false)
        expect(attempts).toBe(0)
        expect(tookMs).toBeLessThanOrEqual(3.5 * HOUR_MS)
        expect(tookMs).toBeGreaterThan(3.2 * HOUR_MS)
        expect(times).toBeLessThan(30)
      }),
    )
  })

  test('of many put off together, no tenth of them comes back within a hundredth of the time', () => {
    const waits = Array.from({ length: 1000 }, (_, index) => waitMs({ ...UNASKED, messageId: 500 + index }) ?? 0)
    const inEach = new Map<number, number>()
    for (const wait of waits) inEach.set(Math.floor(wait / 600), (inEach.get(Math.floor(wait / 600)) ?? 0) + 1)
    expect(Math.max(...inEach.values())).toBeLessThan(100)
  })
})

describe('an SMS that gateways put off', () => {
  test('each attempt waits longer than the one before, ten of them for about three hours and a half', () => {
    fc.assert(
      fc.property(messageId, (id) => {
        const first = { ...PUT_OFF, messageId: id }
        const waits = Array.from(
          { length: MAX_ATTEMPTS - 1 },
          (_, index) => waitMs({ ...first, attempt: index + 1 }) ?? 0,
        )
        expect(waits).toEqual([...waits].sort((a, b) => a - b))
        const { attempts, tookMs } = playedUntilTheEnd(first, () => true)
        expect(attempts).toBe(MAX_ATTEMPTS)
        expect(Math.abs(tookMs / (3.5 * HOUR_MS) - 1)).toBeLessThan(0.15)
      }),
    )
  })

  test.each([
    [900, 900],
    [7 * 3600, 6 * 3600],
  ])('a gateway that says %s s is asked %s s later, which is no waiting of ours', (retryInSec, sec) => {
    const atMs = NOW.getTime() + sec * SEC_MS
    expect(afterPutOff({ ...PUT_OFF, retryInSec }, NOW)).toEqual({
      attempts: 1,
      again: { at: new Date(atMs), sinceMs: atMs },
    })
  })
})

test('asked or not, in any order, it has an end: no more attempts than there are, nor one once it is of no use', () => {
  const asked = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 })
  const useMs = fc.option(fc.integer({ min: 1, max: 48 * HOUR_MS }))
  fc.assert(
    fc.property(messageId, asked, useMs, (id, isAsked, ms) => {
      const untilMs = ms === null ? null : NOW.getTime() + ms
      const end = playedUntilTheEnd(
        { ...PUT_OFF, messageId: id, untilMs },
        (times) => isAsked[times % isAsked.length] ?? true,
      )
      expect(end.attempts).toBeLessThanOrEqual(MAX_ATTEMPTS)
      expect(end.tookMs).toBeLessThan(8 * HOUR_MS)
      if (untilMs !== null) expect(end.lastMs).toBeLessThan(untilMs)
    }),
  )
})

test.each([true, false])('it is given up while there is time to tell the person otherwise (asked: %s)', (isAsked) => {
  const putOff = { ...PUT_OFF, isAsked, attempt: 6, sinceMs: NOW.getTime() - HOUR_MS / 6 }
  const until = (minutes: number) => ({ ...putOff, untilMs: NOW.getTime() + minutes * MINUTE_MS })
  expect(waitMs(until(4))).toBeNull()
  expect(waitMs(until(9))).not.toBeNull()
  expect(waitMs({ ...putOff, retryInSec: 600, isAsked: true, untilMs: NOW.getTime() + 600 * SEC_MS })).toBeNull()
})
