import { describe, expect, it } from 'vitest'
import { civil, dayOf } from './calendar'
import { firstFallFrom, lastDayOf, monthly, occurrencesOf, rruleOf, weekly } from './recurrence'

const fortnightly = weekly(2, [3, 0], dayOf('2026-11-30'))
const secondTuesday = monthly(2, 1)

describe('rules', () => {
  it('are stored as iCalendar writes them', () => {
    expect(rruleOf(fortnightly)).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20261130')
    expect(rruleOf(secondTuesday)).toBe('FREQ=MONTHLY;BYDAY=2TU')
    expect(rruleOf(null)).toBeNull()
  })

  it('end on the last day they may fall on, or never', () => {
    expect(lastDayOf(null, 42)).toBe('1970-02-12')
    expect(lastDayOf(secondTuesday, 42)).toBeNull()
    expect(lastDayOf(fortnightly, 42)).toBe('2026-11-30')
  })

  it('count weeks from the Monday of the first day', () => {
    const firstDay = dayOf('2026-11-05')
    const series = { firstDay, startMin: 540, endMin: 720, rule: fortnightly, exceptions: [] }
    const days = occurrencesOf(series, firstDay, firstDay + 40).map(({ day }) => civil(day))
    expect(days).toEqual(['2026-11-05', '2026-11-16', '2026-11-19', '2026-11-30'])
  })

  it('start on one of their own days', () => {
    expect(civil(firstFallFrom(secondTuesday, dayOf('2026-11-11')))).toBe('2026-12-08')
  })

  it('follow their exceptions', () => {
    const firstDay = dayOf('2026-11-02')
    const rule = weekly(1, [0])
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
