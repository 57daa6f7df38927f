import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, wallClock, weekdayOf } from '@/server/scheduling/rules/civil'
import { holidaysOf } from '@/server/scheduling/rules/holidays'
import { awaitedAt, isLate, isSendingTime, lastCallBefore, leavesAt } from './sending-hours'

/** Monday to Saturday, from 8 h to 20 h: what a territory begins with. */
const USUAL_HOURS = { fromMin: 480, untilMin: 1200, weekdays: [1, 2, 3, 4, 5, 6], departmentNumber: '62' }
const PARIS = 'Europe/Paris'
const LATER = new Date('2027-06-01T08:00:00Z')
/** Paris is two hours ahead of UTC in June, one in winter. */
const at = (text: string) => new Date(text)

test.each([
  ['a Tuesday at ten: at once', '2027-03-02T09:00:00Z', '2027-03-02T09:00:00Z'],
  ['at eight sharp: at once', '2027-03-02T07:00:00Z', '2027-03-02T07:00:00Z'],
  ['at 19.59: at once', '2027-03-02T18:59:00Z', '2027-03-02T18:59:00Z'],
  ['at eight in the evening: the next morning', '2027-03-02T19:00:00Z', '2027-03-03T07:00:00Z'],
  ['at three in the morning: at eight', '2027-03-02T02:00:00Z', '2027-03-02T07:00:00Z'],
  ['a Saturday evening: on Monday', '2027-03-06T20:00:00Z', '2027-03-08T07:00:00Z'],
  ['a Sunday: on Monday', '2027-03-07T10:00:00Z', '2027-03-08T07:00:00Z'],
  ['the night clocks go forward: eight by the new clock', '2026-03-28T22:00:00Z', '2026-03-30T06:00:00Z'],
  ['the evening before Easter Monday: on Tuesday', '2027-03-27T20:00:00Z', '2027-03-30T06:00:00Z'],
  ['at noon of Ascension Day: on Friday', '2027-05-06T10:00:00Z', '2027-05-07T06:00:00Z'],
  ['on the eve of Armistice Day: the day after it', '2026-11-10T20:00:00Z', '2026-11-12T07:00:00Z'],
])('%s', (_case, now, leaves) => {
  expect(leavesAt(at(now), LATER, USUAL_HOURS, PARIS)).toEqual(at(leaves))
})

test('what starts before the hours open again is told at once', () => {
  const night = at('2027-03-02T21:00:00Z')
  expect(leavesAt(night, at('2027-03-03T07:00:00Z'), USUAL_HOURS, PARIS)).toEqual(night)
  expect(leavesAt(night, at('2027-03-03T07:01:00Z'), USUAL_HOURS, PARIS)).toEqual(at('2027-03-03T07:00:00Z'))
})

test('hours are those of the territory’s clocks', () => {
  expect(leavesAt(at('2027-03-02T05:00:00Z'), LATER, USUAL_HOURS, 'Indian/Reunion')).toEqual(at('2027-03-02T05:00:00Z'))
  expect(leavesAt(at('2027-03-02T11:00:00Z'), LATER, USUAL_HOURS, 'America/Martinique')).toEqual(
    at('2027-03-02T12:00:00Z'),
  )
})

test('public holidays are those of the département', () => {
  const [goodFriday, abolition] = [at('2027-03-26T10:00:00Z'), at('2027-12-20T06:00:00Z')]
  expect(leavesAt(goodFriday, LATER, USUAL_HOURS, PARIS)).toEqual(goodFriday)
  expect(leavesAt(goodFriday, LATER, { ...USUAL_HOURS, departmentNumber: '67' }, PARIS)).toEqual(
    at('2027-03-27T07:00:00Z'),
  )
  const reunion = { ...USUAL_HOURS, departmentNumber: '974' }
  expect(leavesAt(abolition, at('2028-01-01T00:00:00Z'), reunion, 'Indian/Reunion')).toEqual(at('2027-12-21T04:00:00Z'))
})

test('what starts on the holiday itself, before the hours open again, is told at once', () => {
  const easterMonday = at('2027-03-29T10:00:00Z')
  expect(leavesAt(easterMonday, at('2027-03-30T05:59:00Z'), USUAL_HOURS, PARIS)).toEqual(easterMonday)
  expect(isSendingTime(easterMonday, USUAL_HOURS, PARIS)).toBe(false)
})

test('a territory that writes on Saturdays alone waits three weeks for one that is no holiday', () => {
  const saturdays = { ...USUAL_HOURS, weekdays: [6] }
  expect(leavesAt(at('2027-12-18T20:00:00Z'), at('2028-03-01T00:00:00Z'), saturdays, PARIS)).toEqual(
    at('2028-01-08T07:00:00Z'),
  )
})

test('one that writes on Thursdays alone waits four weeks when three in a row are holidays', () => {
  const thursdays = { ...USUAL_HOURS, weekdays: [4] }
  expect(leavesAt(at('2042-04-24T20:00:00Z'), at('2042-07-01T00:00:00Z'), thursdays, PARIS)).toEqual(
    at('2042-05-22T06:00:00Z'),
  )
})

test.each([
  ['in the night: an hour before the evening’s end', '2027-03-03T02:00:00Z', '2027-03-02T18:00:00Z'],
  ['after the evening’s end: the same evening', '2027-03-03T20:00:00Z', '2027-03-03T18:00:00Z'],
  ['a Sunday: on Saturday', '2027-03-07T10:00:00Z', '2027-03-06T18:00:00Z'],
  ['on Easter Monday: on Saturday', '2027-03-29T10:00:00Z', '2027-03-27T18:00:00Z'],
  ['the morning clocks have gone forward: by the old clock', '2026-03-29T06:00:00Z', '2026-03-28T18:00:00Z'],
])('the last call before hours closed %s', (_case, closed, last) => {
  expect(lastCallBefore(at(closed), USUAL_HOURS, PARIS)).toEqual(at(last))
})

test('hours of half an hour have their last call as they open, and those that never open have none', () => {
  const short = { ...USUAL_HOURS, untilMin: 510 }
  expect(lastCallBefore(at('2027-03-03T10:00:00Z'), short, PARIS)).toEqual(at('2027-03-03T07:00:00Z'))
  expect(lastCallBefore(at('2027-03-03T10:00:00Z'), { ...short, weekdays: [] }, PARIS)).toBeNull()
})

test('hours that never open hold nothing back', () => {
  const now = at('2027-03-02T09:00:00Z')
  expect(leavesAt(now, LATER, { ...USUAL_HOURS, weekdays: [] }, PARIS)).toEqual(now)
})

test('whatever the hours: never before now, never once it has begun, and within the hours when it waits', () => {
  const start = at('2027-01-01T00:00:00Z').getTime()
  const hours = fc
    .record({
      fromMin: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 1, max: 1440 }),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
      departmentNumber: fc.constantFrom('62', '67', '972', '974', '987'),
    })
    .map(({ length, ...rest }) => ({ ...rest, untilMin: Math.min(1440, rest.fromMin + length) }))
  const minutes = fc.integer({ min: 0, max: 500_000 })
  const zones = fc.constantFrom(PARIS, 'Indian/Reunion', 'America/Martinique', 'Pacific/Tahiti')
  fc.assert(
    fc.property(minutes, fc.integer({ min: 1, max: 20_000 }), hours, zones, (nowMin, aheadMin, open, zone) => {
      const now = new Date(start + nowMin * 60_000)
      const startsAt = new Date(now.getTime() + aheadMin * 60_000)
      const leaves = leavesAt(now, startsAt, open, zone)
      expect(leaves.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(leaves.getTime()).toBeLessThan(startsAt.getTime())
      if (leaves.getTime() === now.getTime()) return
      const { onDay, minuteOfDay } = wallClock(zone, leaves.getTime())
      expect(open.weekdays).toContain(weekdayOf(onDay))
      expect(holidaysOf(open.departmentNumber, onDay, addDays(onDay, 1))).toEqual([])
      expect(minuteOfDay).toBeGreaterThanOrEqual(open.fromMin)
      expect(minuteOfDay).toBeLessThan(open.untilMin)
    }),
  )
})

describe('when a person may next be on their way', () => {
  const now = at('2027-03-02T21:00:00Z')
  const [morning, later] = [at('2027-03-03T06:30:00Z'), at('2027-03-10T08:00:00Z')]
  const on = (startsAt: Date) => ({ isOn: true, startsAt })
  test.each([
    ['a new one: when it is', null, on(later), later],
    ['one that moved to later: as they still know it', on(morning), on(later), morning],
    ['one cancelled: as they still know it', on(morning), { isOn: false, startsAt: morning }, morning],
    ['one moved into the past: as they still know it', on(morning), on(at('2027-03-01T08:00:00Z')), morning],
    ['one on again, after they heard it was not', { isOn: false, startsAt: morning }, on(later), later],
    ['one that is over', on(at('2027-03-01T08:00:00Z')), on(at('2027-03-02T08:00:00Z')), null],
  ] as const)('%s', (_, told, current, expected) => {
    expect(awaitedAt(told, current, now)).toEqual(expected)
  })
})

test('a message is late a minute after it was to leave, and never when it was to leave whatever the hour', () => {
  const due = at('2027-03-02T18:59:00Z')
  expect([isLate(due, due), isLate(due, at('2027-03-02T19:00:01Z')), isLate(null, due)]).toEqual([false, true, false])
})
