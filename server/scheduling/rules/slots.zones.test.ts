import { describe, expect, test } from 'vitest'
import { at, clocksOf, makeOpening, ms, MONDAY, slotsOf } from './make.test-model'

const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
const week = (from: string, to: string) => ({ fromMs: ms(from, '0:00'), toMs: ms(to, '0:00') })

describe('the nights the clocks change', () => {
  const night = (day: string) => ({
    openings: [makeOpening({ firstDay: day, startMin: at('1:00'), endMin: at('5:00') })],
  })

  test('01:00–05:00 gives three hours in March and five in October', () => {
    expect(clocksOf(night('2027-03-28'), { ...week('2027-03-28', '2027-03-29'), durationMin: 60 })).toBe(
      '1:00 3:00 4:00',
    )
    const october = clocksOf(night('2027-10-31'), { ...week('2027-10-31', '2027-11-01'), durationMin: 60 })
    expect(october).toBe('1:00 2:00 2:00 3:00 4:00')
  })

  test('a weekly opening keeps its wall-clock hour across the change', () => {
    const openings = [makeOpening({ rrule: WEEKDAYS, endMin: at('9:30') })]
    const found = slotsOf({ openings }, week('2027-03-26', '2027-03-31')).map(({ startMs }) =>
      new Date(startMs).toISOString(),
    )
    expect(found).toEqual(['2027-03-26T08:00:00.000Z', '2027-03-30T07:00:00.000Z'])
  })
})

describe('overseas', () => {
  test.each([
    ['Indian/Reunion', '974', '2027-03-01T05:00:00.000Z'],
    ['America/Martinique', '972', '2027-03-01T13:00:00.000Z'],
    ['America/Cayenne', '973', '2027-03-01T12:00:00.000Z'],
  ])('9:00 in %s is nine o’clock there', (zone, department, expected) => {
    const question = { zone, department, fromMs: ms(MONDAY, '0:00', zone), toMs: ms(MONDAY, '24:00', zone) }
    expect(new Date(slotsOf({}, question)[0]!.startMs).toISOString()).toBe(expected)
  })
})
