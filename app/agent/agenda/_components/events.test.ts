import { expect, test } from 'vitest'
import type { Board } from '@/server/booking/rules/board'
import { gridFrame } from './events'

const WEEK = ['2027-03-01', '2027-03-02', '2027-03-03', '2027-03-04', '2027-03-05', '2027-03-06', '2027-03-07']
const at = (from: string, to: string) => ({ startAt: new Date(from), endAt: new Date(to) })
const boardWith = (over: object) =>
  ({ zone: 'Europe/Paris', rdvs: [], busy: [], openings: [], away: [], ...over }) as unknown as Board

test.each([
  ['nothing', {}, false],
  ['an RDV on a weekday', { busy: [at('2027-03-05T09:00Z', '2027-03-05T10:00Z')] }, false],
  ['an RDV on Saturday', { busy: [at('2027-03-06T09:00Z', '2027-03-06T10:00Z')] }, true],
  ['an opening on Sunday', { openings: [at('2027-03-07T09:00Z', '2027-03-07T10:00Z')] }, true],
  ['an absence on Saturday', { away: [at('2027-03-05T23:00Z', '2027-03-06T23:00Z')] }, true],
  ['a fortnight away', { away: [at('2027-02-28T23:00Z', '2027-03-14T23:00Z')] }, false],
])('a week that holds %s shows its weekend or not', (_case, over, hasWeekend) => {
  expect(gridFrame(boardWith(over), WEEK).hasWeekend).toBe(hasWeekend)
})

test('the hours are extended to hold what lies early or late, an absence apart', () => {
  const usual = gridFrame(boardWith({ away: [at('2027-03-01T02:00Z', '2027-03-01T22:00Z')] }), WEEK)
  const early = gridFrame(boardWith({ busy: [at('2027-03-01T04:30Z', '2027-03-01T05:00Z')] }), WEEK)
  expect(early.startMin).toBe(5 * 60)
  expect(early.startMin).toBeLessThan(usual.startMin)
})
