import { expect, test } from 'vitest'
import { hoursShown, type Board } from '@/server/booking/rules/board'
import { columnOf, spansOf } from './columns'

const DAY = '2027-03-02'
const away = (start: string, end: string): Board => ({
  ...{
    zone: 'Europe/Paris',
    agents: [],
    paging: { page: 1, pageCount: 1, agentCount: 0, first: 0, last: 0 },
    holidays: [],
    openings: [],
    rdvs: [],
    busy: [],
  },
  away: [{ startAt: new Date(start), endAt: new Date(end), agentId: 1 } as Board['away'][number]],
})
const hoursOf = (board: Board) => {
  const asked = { key: '1', title: '', subtitle: '', day: DAY, agentIds: [1] }
  return hoursShown(spansOf([columnOf(board, asked, new Date(`${DAY}T06:00:00Z`))]))
}

test('an absence of some hours in the evening is within the hours shown; one of whole days changes nothing', () => {
  expect(hoursOf(away('2027-03-02T19:00:00Z', '2027-03-02T20:30:00Z'))).toEqual({ startMin: 480, endMin: 1320 })
  expect(hoursOf(away('2027-03-01T23:00:00Z', '2027-03-02T23:00:00Z'))).toEqual({ startMin: 480, endMin: 1140 })
})
