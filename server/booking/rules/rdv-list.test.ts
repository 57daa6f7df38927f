import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, diffDays, weekdayOf } from '@/server/scheduling/rules/civil'
import { daysOfPeriod, LIST_PERIODS, LONGEST_LIST_DAYS } from './rdv-list'

const someDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2018-01-01', days))
const named = fc.constantFrom(...LIST_PERIODS.filter((period) => period !== 'dates'))

describe('the days of a period', () => {
  test('are in order, and never more than a list holds', () =>
    fc.assert(
      fc.property(named, someDay, (period, today) => {
        const answer = daysOfPeriod(period, today)
        expect(answer.ok).toBe(true)
        if (!answer.ok) return
        const { fromDay, toDay } = answer.days
        expect(fromDay <= toDay).toBe(true)
        expect(diffDays(fromDay, toDay)).toBeLessThan(LONGEST_LIST_DAYS)
      }),
    ))

  test('hold today, except the past that ends the day before', () =>
    fc.assert(
      fc.property(named, someDay, (period, today) => {
        const answer = daysOfPeriod(period, today)
        if (!answer.ok) throw new Error(answer.fault)
        const { fromDay, toDay } = answer.days
        expect(fromDay <= today && today <= toDay).toBe(period !== 'past')
        if (period === 'past') expect(toDay).toBe(addDays(today, -1))
      }),
    ))

  test('of a week go from Monday to Sunday, of a month from its first to its last day', () =>
    fc.assert(
      fc.property(someDay, (today) => {
        const week = daysOfPeriod('week', today)
        const month = daysOfPeriod('month', today)
        if (!week.ok || !month.ok) throw new Error('no days')
        expect([weekdayOf(week.days.fromDay), weekdayOf(week.days.toDay)]).toEqual([1, 7])
        expect(month.days.fromDay.endsWith('-01')).toBe(true)
        expect(addDays(month.days.toDay, 1).endsWith('-01')).toBe(true)
      }),
    ))

  test.each([
    [{ fromDay: '2027-03-02', toDay: '2027-03-01' }, 'end-before-start'],
    [{ fromDay: '2027-02-30', toDay: '2027-03-01' }, 'not-a-day'],
    [{ fromDay: '', toDay: '' }, 'not-a-day'],
    [{ fromDay: '2027-01-01', toDay: '2028-01-02' }, 'too-long'],
    [{ fromDay: '2027-01-01', toDay: '2028-01-01' }, null],
    [{ fromDay: '2027-01-01', toDay: '' }, null],
  ])('typed as %o: %s', (typed, fault) => {
    const answer = daysOfPeriod('dates', '2027-03-01', typed)
    expect(answer.ok ? null : answer.fault).toBe(fault)
  })
})
