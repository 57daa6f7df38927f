import { describe, expect, test } from 'vitest'
import { civilDayOf, dayNumberOf } from './civil'
import { easterSunday, holidayFlags, holidaysOf } from './holidays'

const daysOf = (department: string, year: number) =>
  holidaysOf(department, `${year}-01-01`, `${year + 1}-01-01`).map(({ onDay }) => onDay.slice(5))

describe('public holidays', () => {
  test.each([
    [1818, '1818-03-22'],
    [1943, '1943-04-25'],
    [2000, '2000-04-23'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2100, '2100-03-28'],
  ])('Easter of %i is on %s', (year, day) => expect(easterSunday(year)).toBe(day))

  test('there are eleven national days', () => {
    const days = ['01-01', '03-29', '05-01', '05-06', '05-08', '05-17', '07-14', '08-15', '11-01', '11-11', '12-25']
    for (const department of ['62', '80', '75', '2A', '973x', 'toString'])
      expect(daysOf(department, 2027)).toEqual(days)
  })

  test.each(['57', '67', '68'])('Alsace-Moselle (%s) adds Good Friday and 26 December', (department) => {
    expect(daysOf(department, 2027)).toContain('03-26')
    expect(daysOf(department, 2027)).toContain('12-26')
    expect(daysOf(department, 2027)).toHaveLength(13)
  })

  test.each([
    ['971', '05-27'],
    ['972', '05-22'],
    ['973', '06-10'],
    ['974', '12-20'],
    ['976', '04-27'],
    ['977', '10-09'],
    ['978', '05-28'],
  ])('in %s the abolition of slavery is remembered on %s', (department, day) => {
    const national = daysOf('62', 2027)
    expect(daysOf(department, 2027).filter((one) => !national.includes(one))).toEqual([day])
  })

  test('any year has its days, in order, both of a shared day included', () => {
    expect(daysOf('62', 1875)).toHaveLength(11)
    expect(holidaysOf('62', '2008-05-01', '2008-05-02').map(({ name }) => name)).toEqual(['ascension', 'labour-day'])
    for (const year of [1990, 2008, 2031, 2150]) expect(daysOf('67', year)).toEqual(daysOf('67', year).toSorted())
  })

  test('a window takes its first day and leaves its end, across years', () => {
    const days = holidaysOf('67', '2026-12-25', '2027-01-01').map(({ onDay }) => onDay)
    expect(days).toEqual(['2026-12-25', '2026-12-26'])
    expect(holidaysOf('62', '2026-12-26', '2027-01-02').map(({ name }) => name)).toEqual(['new-year'])
  })

  test('flags mark the same days', () => {
    const first = dayNumberOf('2026-12-20')
    const flags = holidayFlags('974', first, 14)
    const marked = [...flags].flatMap((flag, i) => (flag ? [civilDayOf(first + i)] : []))
    expect(marked).toEqual(['2026-12-20', '2026-12-25', '2027-01-01'])
  })
})
