import { describe, expect, it } from 'vitest'
import { civil, dayOf, instantAt, isHoliday, localTime } from './calendar'
import { firstFallFrom, lastDayOf, occurrencesOf, rruleOf, type Rule } from './recurrence'

const fortnightly: Rule = { kind: 'weekly', interval: 2, weekdays: [0, 3], until: dayOf('2026-11-30') }
const monthly: Rule = { kind: 'nth-weekday', nth: 2, weekday: 1, until: null }

describe('rules', () => {
  it('are stored as iCalendar writes them', () => {
    expect(rruleOf(fortnightly)).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20261130')
    expect(rruleOf(monthly)).toBe('FREQ=MONTHLY;BYDAY=2TU')
    expect(rruleOf({ kind: 'month-day', monthDay: 15, until: null })).toBe('FREQ=MONTHLY;BYMONTHDAY=15')
    expect(rruleOf({ kind: 'once' })).toBeNull()
  })

  it('end on the last day they may fall on, or never', () => {
    expect(lastDayOf({ kind: 'once' }, 42)).toBe(42)
    expect(lastDayOf(monthly, 42)).toBeNull()
    expect(lastDayOf(fortnightly, 42)).toBe(dayOf('2026-11-30'))
  })

  it('count weeks from the Monday of the first day', () => {
    const firstDay = dayOf('2026-11-05')
    const series = { firstDay, startMin: 540, endMin: 720, rule: fortnightly, exceptions: [] }
    const days = occurrencesOf(series, firstDay, firstDay + 40).map(({ day }) => civil(day))
    expect(days).toEqual(['2026-11-05', '2026-11-16', '2026-11-19', '2026-11-30'])
  })

  it('start on one of their own days', () => {
    expect(civil(firstFallFrom(monthly, dayOf('2026-11-11')))).toBe('2026-12-08')
  })

  it('follow their exceptions', () => {
    const firstDay = dayOf('2026-11-02')
    const rule: Rule = { kind: 'weekly', interval: 1, weekdays: [0], until: null }
    const moved = { kind: 'moved', onDay: firstDay + 7, toDay: firstDay + 8, startMin: 840, endMin: 900 } as const
    const exceptions = [moved, { kind: 'cancelled', onDay: firstDay + 14 } as const]
    const series = { firstDay, startMin: 540, endMin: 720, rule, exceptions }
    expect(occurrencesOf(series, firstDay, firstDay + 21)).toEqual([
      { day: firstDay, startMin: 540, endMin: 720 },
      { day: firstDay + 8, startMin: 840, endMin: 900 },
      { day: firstDay + 21, startMin: 540, endMin: 720 },
    ])
  })
})

describe('wall clocks', () => {
  it.each([
    ['Europe/Paris', '2026-03-28', '2026-03-28T08:00:00.000Z'],
    ['Europe/Paris', '2026-03-30', '2026-03-30T07:00:00.000Z'],
    ['Indian/Reunion', '2026-03-30', '2026-03-30T05:00:00.000Z'],
    ['America/Guadeloupe', '2026-03-30', '2026-03-30T13:00:00.000Z'],
  ])('9 h in %s on %s is %s', (zone, day, instant) => {
    expect(instantAt(zone, dayOf(day), 540).toISOString()).toBe(instant)
    expect(localTime(zone, new Date(instant))).toEqual({ day: dayOf(day), min: 540 })
  })

  it('close on public holidays, the local ones included', () => {
    expect(isHoliday(dayOf('2027-03-29'), '62')).toBe(true)
    expect(isHoliday(dayOf('2026-12-20'), '974')).toBe(true)
    expect(isHoliday(dayOf('2026-12-20'), '62')).toBe(false)
  })
})
