import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  askAgainAtMs,
  countsAs,
  earlierThanMs,
  FIRST_COME_COUNT,
  inTurn,
  isStillFor,
  isTimeToAnswer,
  MAX_OFFERS,
  offerFor,
  offerUntil,
  whyNotWait,
  whyOver,
  type AwaitableRdv,
  type Offered,
  type Shown,
  type Waiting,
} from './waitlist'

const NOW = new Date('2027-03-01T09:00:00Z')
const HOUR_MS = 3_600_000
const BY_PERSON = { now: NOW, isByAgent: false }
const rdv: AwaitableRdv = {
  ...{ status: 'unknown', participationStatus: 'unknown', startsAt: new Date('2027-03-10T09:00:00Z') },
  ...{
    isVisible: true,
    isCollective: false,
    isOfferedOnline: true,
    isReplaceable: true,
    isReached: true,
    holdMin: 120,
    zone: 'Europe/Paris',
  },
}

describe('waiting for an earlier slot', () => {
  test.each<[string, Partial<AwaitableRdv>, ReturnType<typeof whyNotWait>]>([
    ['an RDV to come', {}, null],
    ['in a territory that keeps nothing', { holdMin: null }, 'closed'],
    ['one that is cancelled', { status: 'excused' }, 'not-open'],
    ['one they left', { participationStatus: 'excused' }, 'not-open'],
    ['one hidden from them', { isVisible: false }, 'not-open'],
    ['a session', { isCollective: true }, 'not-offered'],
    ['one that is not booked online', { isOfferedOnline: false }, 'not-offered'],
    ['one whose motif, lieu or people allow no other slot', { isReplaceable: false }, 'not-offered'],
    ['one nobody is told of', { isReached: false }, 'not-reached'],
    ['one of tomorrow', { startsAt: new Date('2027-03-02T22:59:00Z') }, 'too-soon'],
    ['one of the day after, at the first minute', { startsAt: new Date('2027-03-02T23:00:00Z') }, null],
  ])('%s', (_, over, expected) => expect(whyNotWait({ ...rdv, ...over }, BY_PERSON)).toBe(expected))

  test('of a motif that is not booked online, when an agent puts them there, and of nothing else', () => {
    const byAgent = { now: NOW, isByAgent: true }
    expect(whyNotWait({ ...rdv, isOfferedOnline: false }, byAgent)).toBe(null)
    expect(whyNotWait({ ...rdv, isReplaceable: false }, byAgent)).toBe('not-offered')
    expect(whyNotWait({ ...rdv, isReached: false }, byAgent)).toBe('not-reached')
  })

  test('days are those of the territory', () =>
    // In La Réunion it is the 3rd already, at three in the morning.
    expect(whyNotWait({ ...rdv, zone: 'Indian/Reunion', startsAt: new Date('2027-03-02T23:00:00Z') }, BY_PERSON)).toBe(
      null,
    ))

  test('earlier is two civil days before, whatever the hour', () =>
    expect(new Date(earlierThanMs(rdv.startsAt, 'Europe/Paris'))).toEqual(new Date('2027-03-08T23:00:00Z')))
})

const one = (entryId: number, over: Partial<Waiting> = {}): Waiting => ({
  ...{ entryId, sinceMs: entryId, offerCount: 0, durationMin: null, beforeMs: null, seenMs: [], askFromMs: null },
  ...over,
})
const inHours = (hours: number) => NOW.getTime() + hours * HOUR_MS
const shown = (hours: readonly number[], asked: Record<number, number> = {}): Shown => ({
  startsFor: () => hours.map((hour) => ({ startMs: inHours(hour), durationMin: 30 })),
  askedAt: (startMs: number) => asked[(startMs - NOW.getTime()) / HOUR_MS] ?? 0,
})

/** The first in turn for whom a free start is of use. */
const nextOffer = (waiting: readonly Waiting[], slots: Shown, nowMs: number): Offered | null =>
  inTurn(waiting)
    .map((who) => offerFor(who, slots, nowMs))
    .find((offered) => offered !== null) ?? null

describe('whose turn it is', () => {
  test('who has waited longest', () =>
    expect(inTurn([one(3), one(1), one(2)]).map(({ entryId }) => entryId)).toEqual([1, 2, 3]))

  test('the earliest slot that is of use to them', () =>
    expect(nextOffer([one(1, { beforeMs: inHours(60) })], shown([48, 72]), NOW.getTime())).toEqual({
      ...{ entryId: 1, startMs: inHours(48), durationMin: 30, isHeld: true },
    }))

  test('else the next in turn', () =>
    expect(nextOffer([one(1, { beforeMs: inHours(30) }), one(2)], shown([48]), NOW.getTime())?.entryId).toBe(2))

  test('never a slot they were offered, nor a fourth', () => {
    expect(nextOffer([one(1, { seenMs: [inHours(48)] })], shown([48]), NOW.getTime())).toBe(null)
    expect(nextOffer([one(1, { offerCount: MAX_OFFERS })], shown([48]), NOW.getTime())).toBe(null)
  })

  test.each<[string, Partial<Waiting>, boolean]>([
    ['as they were', {}, true],
    ['gone behind the others since', { sinceMs: NOW.getTime() }, false],
    ['who has seen it since', { seenMs: [inHours(48)] }, false],
    ['who was asked three times since', { offerCount: MAX_OFFERS }, false],
    ['who heard nothing of an offer since', { askFromMs: inHours(1) }, false],
    ['whose RDV was brought forward since', { beforeMs: inHours(40) }, false],
    ['whose RDV takes another time since', { durationMin: 45 }, false],
    ['who has seen another since', { seenMs: [inHours(49)] }, true],
  ])('judged again, of somebody %s', (_, since, expected) =>
    expect(isStillFor(one(1), one(1, since), inHours(48), NOW.getTime())).toBe(expected),
  )

  test('not one who heard nothing of the last offer a moment ago', () => {
    const [unheard, next] = [one(1, { askFromMs: inHours(1) }), one(2)]
    expect(nextOffer([unheard, next], shown([48]), NOW.getTime())?.entryId).toBe(2)
    expect(nextOffer([unheard, next], shown([48]), inHours(1))?.entryId).toBe(1)
  })

  test.each([
    [1, 15],
    [2, 30],
    [3, 60],
    [8, 24 * 60],
    [2000, 24 * 60],
  ])('after %i offers they never heard of, %i minutes later', (count, minutes) =>
    expect(askAgainAtMs(count, 1000)).toBe(1000 + minutes * 60_000),
  )

  test.each([
    [24.5, true],
    [24.4, false],
  ])('a slot in %d hours is held: %s', (hours, isHeld) =>
    expect(nextOffer([one(1)], shown([hours]), NOW.getTime())?.isHeld).toBe(isHeld),
  )

  test('one within a day, as long as too many were not asked', () => {
    expect(nextOffer([one(1)], shown([5], { 5: FIRST_COME_COUNT - 1 }), NOW.getTime())?.startMs).toBe(inHours(5))
    expect(nextOffer([one(1)], shown([5, 6], { 5: FIRST_COME_COUNT }), NOW.getTime())?.startMs).toBe(inHours(6))
  })

  test('whoever is passed over had nothing of use, whatever the queue', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 8 })
    const people = fc.array(
      fc.record({
        sinceMs: fc.integer({ min: 0, max: 50 }),
        offerCount: fc.integer({ min: 0, max: MAX_OFFERS }),
        before: fc.option(fc.integer({ min: 1, max: 100 })),
        offered: fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 4 }),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(hours, people, (free, drawn) => {
        const waiting = drawn.map(({ before, offered, ...rest }, i) =>
          one(i, { ...rest, beforeMs: before === null ? null : inHours(before), seenMs: offered.map(inHours) }),
        )
        const starts = [...free].sort((a, b) => a - b)
        const useful = ({ offerCount, beforeMs, seenMs }: Waiting) =>
          offerCount < MAX_OFFERS
            ? starts.map(inHours).filter((ms) => (beforeMs === null || ms < beforeMs) && !seenMs.includes(ms))
            : []
        const offered = nextOffer(waiting, shown(starts), NOW.getTime())
        const first = inTurn(waiting).find((who) => useful(who).length > 0)
        expect(offered?.entryId).toBe(first?.entryId)
        expect(offered?.startMs).toBe(first && useful(first)[0])
      }),
    )
  })
})

describe('an offer', () => {
  test.each([
    [48, 120, true, 2],
    [25, 120, true, 1],
    [25, 1440, true, 1],
    [5, 120, false, 2],
    [1, 120, false, 1],
  ])('of a slot in %i h, where they keep it %i min, held: %s, stands %i h', (hours, holdMin, isHeld, standsHours) =>
    expect(offerUntil(new Date(inHours(hours)), { holdMin, isHeld }, NOW)).toEqual(new Date(inHours(standsHours))),
  )

  test.each([
    ['two hours, half an hour before its end', 120, 90, true],
    ['two hours, a moment later', 120, 91, false],
    ['half an hour, a quarter before its end', 30, 15, true],
    ['half an hour, a moment later', 30, 16, false],
  ])('that stands %s, for %i min, is told of after %i min: %s', (_, standsMin, afterMin, may) => {
    const at = (min: number) => new Date(NOW.getTime() + min * 60_000)
    expect(isTimeToAnswer({ madeAt: NOW, untilAt: at(standsMin) }, at(afterMin))).toBe(may)
  })

  test.each([
    ['declined', 'offer-over', true],
    ['expired', 'offer-over', true],
    ['unreached', 'offer-over', false],
    ['taken', 'slot-gone', false],
    ['lost', 'slot-gone', false],
    ['withdrawn', 'slot-gone', false],
  ] as const)('that was %s is told as %s, and counts: %s', (state, told, counts) => {
    expect([whyOver(state), countsAs(state)]).toEqual([told, counts])
  })
})
