import { expect, test } from 'vitest'
import { isLinkOver } from './link-life'

const PARIS = 'Europe/Paris'
test.each([
  ['2027-03-02T09:00:00Z', PARIS, '2027-03-02T22:59:59Z', false],
  ['2027-03-02T09:00:00Z', PARIS, '2027-03-02T23:00:00Z', true],
  ['2027-03-02T23:00:00Z', PARIS, '2027-03-02T23:00:00Z', true],
  ['2027-03-02T09:00:00Z', 'Indian/Reunion', '2027-03-02T20:00:00Z', true],
  ['2027-03-28T08:00:00Z', PARIS, '2027-03-28T21:59:59Z', false],
  ['2027-03-28T08:00:00Z', PARIS, '2027-03-28T22:00:00Z', true],
])('the link of an RDV that ends at %s in %s, at %s: over %s', (endAt, zone, now, isOver) => {
  expect(isLinkOver({ endAt: new Date(endAt), zone }, new Date(now))).toBe(isOver)
})
