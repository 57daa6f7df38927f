import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freeWithin, hoursShown, layLanes, minutesOn } from './board'

const at = (minute: number) => new Date(Date.UTC(2027, 2, 2, 0, minute))
const time = (startMin: number, endMin: number) => ({ startAt: at(startMin), endAt: at(endMin) })
const aTime = fc
  .tuple(fc.integer({ min: 0, max: 1400 }), fc.integer({ min: 1, max: 300 }))
  .map(([start, length]) => time(start, start + length))

const meet = (a: ReturnType<typeof time>, b: ReturnType<typeof time>) => a.startAt < b.endAt && b.startAt < a.endAt

test('times that meet never share a lane, and no lane more than needed is opened', () =>
  fc.assert(
    fc.property(fc.array(aTime, { maxLength: 20 }), (times) => {
      const { laneOf, lanes } = layLanes(times)
      times.forEach((one, i) =>
        times.forEach((other, j) => {
          if (i !== j && meet(one, other)) expect(laneOf[i]).not.toBe(laneOf[j])
        }),
      )
      const atOnce = times.map((one) =>
        times.filter((other) => other.startAt <= one.startAt && one.startAt < other.endAt),
      )
      expect(lanes).toBe(Math.max(1, ...atOnce.map(({ length }) => length)))
    }),
  ))

test('each minute of an opening is free, or taken, or past', () =>
  fc.assert(
    fc.property(
      aTime,
      fc.array(aTime, { maxLength: 8 }),
      fc.integer({ min: 0, max: 1500 }),
      (opening, taken, fromMin) => {
        const free = freeWithin(opening, taken, at(fromMin))
        for (let minute = 0; minute < 1720; minute++) {
          const now = time(minute, minute + 1)
          const expected = meet(opening, now) && minute >= fromMin && !taken.some((one) => meet(one, now))
          expect(free.some((one) => meet(one, now))).toBe(expected)
        }
      },
    ),
    { numRuns: 30 },
  ))

describe('hours of a board', () => {
  test('8 to 19 h when nothing lies outside', () =>
    expect(hoursShown([[9 * 60, 10 * 60]])).toEqual({ startMin: 480, endMin: 1140 }))
  test('further, by whole hours, when something does', () =>
    expect(hoursShown([[6 * 60 + 45, 7 * 60], [1150, 1201]])).toEqual({ startMin: 360, endMin: 1260 })) // prettier-ignore
})

test('what crosses the hour that comes twice is drawn as long as it lasts', () => {
  const half = { startAt: new Date('2026-10-25T00:45Z'), endAt: new Date('2026-10-25T01:15Z') } // 2:45 to 2:15
  expect(minutesOn('2026-10-25', 'Europe/Paris', half)).toEqual([165, 195])
  expect(minutesOn('2026-10-26', 'Europe/Paris', half)).toBeNull()
})

test('what ends at midnight does not touch the day after, what lasts several days fills those between', () => {
  const long = { startAt: new Date('2027-03-02T14:00Z'), endAt: new Date('2027-03-03T23:00Z') }
  expect(minutesOn('2027-03-02', 'Europe/Paris', long)).toEqual([900, 1440])
  expect(minutesOn('2027-03-03', 'Europe/Paris', long)).toEqual([0, 1440])
  expect(minutesOn('2027-03-04', 'Europe/Paris', long)).toBeNull()
  expect(minutesOn('2027-03-01', 'Europe/Paris', long)).toBeNull()
})
