import { describe, expect, test } from 'vitest'
import type { AwaySeries } from './absence'
import { daysAway } from './absence'
import { planChange, type TimedSeries } from './series'
import { nextTouchedInDays, type SeriesChange } from './touched'

/** A Monday. */
const TODAY = '2027-03-01'
const once = (firstDay: string): TimedSeries => ({
  ...{ firstDay, rrule: null, exceptions: [], startMin: 540, endMin: 720 },
})
/** Each Tuesday since January. */
const weekly: TimedSeries = { ...once('2027-01-05'), rrule: 'FREQ=WEEKLY;BYDAY=TU' }
const given = (series: TimedSeries, over: Partial<TimedSeries> = {}): TimedSeries => ({ ...series, ...over })

const change = (
  seen: TimedSeries,
  scope: 'this' | 'following' | 'all',
  day: string,
  becomes: TimedSeries | null,
): SeriesChange<TimedSeries> => ({ seen, scope, day, ...planChange(seen, { scope, day, given: becomes }) })
const begun = (series: TimedSeries): SeriesChange<TimedSeries> => ({
  ...{ seen: null, scope: 'all', day: null, row: null, begun: series },
})

describe('in how many days what a change touches first takes place', () => {
  test.each([
    ['a new one of today', begun(once('2027-03-01')), 0],
    ['a new one of the day after tomorrow', begun(once('2027-03-03')), 2],
    ['a new one of yesterday', begun(once('2027-02-28')), null],
    ['a new one that repeats, its next date', begun(weekly), 1],
    ['one moved away from tomorrow', change(once('2027-03-02'), 'all', '2027-03-02', once('2027-05-04')), 1],
    ['one moved to tomorrow', change(once('2027-05-04'), 'all', '2027-05-04', once('2027-03-02')), 1],
    ['one taken away', change(once('2027-03-02'), 'all', '2027-03-02', null), 1],
    ['every date of a series', change(weekly, 'all', '2027-06-01', given(weekly, { startMin: 600 })), 1],
    ['every date of a series, taken away', change(weekly, 'all', '2027-06-01', null), 1],
    ['a date of June alone', change(weekly, 'this', '2027-06-01', given(once('2027-06-01'), { startMin: 600 })), 92],
    ['a date of June alone, taken away', change(weekly, 'this', '2027-06-01', null), 92],
    ['a date of June moved to today', change(weekly, 'this', '2027-06-01', once('2027-03-01')), 0],
    ['the date of tomorrow moved to June', change(weekly, 'this', '2027-03-02', once('2027-06-03')), 1],
    ['a date that is past', change(weekly, 'this', '2027-02-23', null), null],
    [
      'from a date of June on',
      change(weekly, 'following', '2027-06-01', given(weekly, { firstDay: '2027-06-01' })),
      92,
    ],
    ['from a date of June on, taken away', change(weekly, 'following', '2027-06-01', null), 92],
    [
      'from its very first date on, which moves earlier',
      change(given(weekly, { firstDay: '2027-06-01' }), 'following', '2027-06-01', given(weekly, { firstDay: TODAY })),
      1,
    ],
    ['from tomorrow on', change(weekly, 'following', '2027-03-02', given(weekly, { firstDay: '2027-03-02' })), 1],
  ] as const)('%s', (_, changed, inDays) => expect(nextTouchedInDays(changed, TODAY)).toBe(inDays))

  test('a date that was moved stands where it was moved', () => {
    const moved = { onDay: '2027-06-01', kind: 'moved', toDay: '2027-03-02', startMin: 540, endMin: 720 } as const
    const series = given(weekly, { exceptions: [moved] })
    expect(nextTouchedInDays(change(series, 'this', '2027-06-01', null), TODAY)).toBe(1)
  })

  test('an absence that has begun and lasts is of today, until the day it ends', () => {
    const away = (firstDay: string, lastDay: string, endMin = 1440): SeriesChange<AwaySeries> => ({
      ...{ seen: null, scope: 'all', day: null, row: null },
      begun: { ...once(firstDay), startMin: 0, endMin, lastDay, zone: 'Europe/Paris' },
    })
    const inDays = (absence: SeriesChange<AwaySeries>) => nextTouchedInDays(absence, TODAY, daysAway)
    expect(inDays(away('2027-02-22', '2027-03-05'))).toBe(0)
    expect(inDays(away('2027-02-22', '2027-03-01'))).toBe(0)
    expect(inDays(away('2027-02-22', '2027-03-01', 0))).toBeNull()
    expect(inDays(away('2027-02-22', '2027-02-28'))).toBeNull()
  })

  test('one date of an absence of several days, begun the day before, is of today', () => {
    const series: AwaySeries = { ...weekly, startMin: 0, endMin: 1440, lastDay: '2027-01-06', zone: 'Europe/Paris' }
    const cancelled = { scope: 'this', day: '2027-03-02' } as const
    const plan = planChange(series, { ...cancelled, given: null })
    expect(nextTouchedInDays({ seen: series, ...cancelled, ...plan }, '2027-03-03', daysAway)).toBe(0)
    expect(nextTouchedInDays({ seen: series, ...cancelled, ...plan }, '2027-03-04', daysAway)).toBeNull()
  })
})
