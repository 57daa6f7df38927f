import { describe, expect, test } from 'vitest'
import type { AbsenceValues } from './absence'
import { at, makeAbsence, makeOpening, MONDAY, PARIS } from './make.test-model'
import type { OpeningValues } from './opening'
import { withAbsences, withOpenings } from './planned'

const away = (over: Partial<AbsenceValues> = {}): AbsenceValues => ({
  ...{ agentId: 1, kind: 'leave', title: '', color: null, zone: PARIS, rrule: null, exceptions: [] },
  ...{ firstDay: MONDAY, startMin: 0, lastDay: MONDAY, endMin: 1440 },
  ...over,
})
const seen = { id: 1, version: 1, agentId: 1, title: '', firstDay: MONDAY, territoryId: 1 }
const [CHANGED, GONE] = [away({ startMin: 60 }), null]

describe('absences as they will be', () => {
  test('are those that stand, and what is begun', () => {
    const stored = [makeAbsence({ id: 2 })]
    const planned = withAbsences(stored, [
      { seen: null, row: null, begun: away() },
      { seen: null, row: null, begun: away({ agentId: 2 }) },
    ])
    expect(planned.map(({ agentId }) => agentId)).toEqual([1, 1, 2])
    expect(new Set(planned.map(({ id }) => id)).size).toBe(3)
  })

  test.each([
    ['changed', CHANGED, [60]],
    ['taken away', GONE, []],
  ])('know no more what is %s as it was', (_, row, starts) => {
    const planned = withAbsences([makeAbsence()], [{ seen, row, begun: null }])
    expect(planned.map(({ startMin }) => startMin)).toEqual(starts)
  })
})

const open = (over: Partial<OpeningValues> = {}): OpeningValues => ({
  ...{ territoryId: 1, organisationId: 1, agentId: 1, lieuId: 1, title: '', motifIds: [1, 2], onHolidays: false },
  ...{ firstDay: MONDAY, startMin: at('14:00'), endMin: at('17:00'), rrule: null, exceptions: [] },
  ...over,
})
const stored = new Map([[1, [makeOpening(), makeOpening({ id: 2, startMin: at('8:00') })]]])
const hoursOf = (plan: Parameters<typeof withOpenings>[2][number], motifId = 1) =>
  withOpenings(stored, [1, 2], [plan])
    .get(motifId)
    ?.map(({ startMin, lastDay }) => [startMin / 60, lastDay])

describe('openings as they will be', () => {
  test('are those that stand, with the new hours of what changes, for each motif it offers', () => {
    const plan = { seen, scope: 'all', row: open(), begun: null } as const
    expect(hoursOf(plan)).toEqual([
      [8, null],
      [14, MONDAY],
    ])
    expect(hoursOf(plan, 2)).toEqual([[14, MONDAY]])
  })

  test('know no more what is taken away, nor a motif it offers no more', () => {
    expect(hoursOf({ seen, scope: 'all', row: null, begun: null })).toEqual([[8, null]])
    expect(hoursOf({ seen, scope: 'all', row: open({ motifIds: [2] }), begun: null })).toEqual([[8, null]])
  })

  test('count both halves of a series that is cut', () => {
    const row = open({ rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270315', startMin: at('9:00') })
    const plan = { seen, scope: 'following', row, begun: open({ firstDay: '2027-03-22' }) } as const
    expect(hoursOf(plan)).toEqual([
      [8, null],
      [9, '2027-03-15'],
      [14, '2027-03-22'],
    ])
  })

  test('leave closed what is left of an opening that offered nothing', () => {
    const left = { seen: { ...seen, id: 9 }, scope: 'this', row: open(), begun: null } as const
    expect(hoursOf(left)).toEqual([
      [9, null],
      [8, null],
    ])
  })
})
