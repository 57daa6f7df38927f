import { expect, test } from 'vitest'
import { STATUSES } from '@/server/booking/rules/status'
import type { BoardRdv } from '@/server/booking/rules/board'
import { drawnKey, withStatus } from './on-board'

const waiting: BoardRdv = {
  rdvId: 1,
  startAt: new Date('2027-03-02T08:00:00Z'),
  endAt: new Date('2027-03-02T08:30:00Z'),
  agentIds: [1],
  status: 'unknown',
  phase: 'today',
  isCollective: false,
  title: null,
  seats: null,
  people: [],
  motifName: 'Suivi',
  motifColor: '#0b5563',
  lieuId: null,
  placeName: null,
  locationType: 'phone',
  isWaiting: true,
  isOverbooked: false,
  level: 'write',
  sequence: 0,
}

test('nobody waits any more once it is said how the RDV went', () => {
  for (const status of STATUSES) {
    const rdv = withStatus(waiting, status)
    expect(rdv.status).toBe(status)
    expect(rdv.isWaiting).toBe(status === 'unknown')
  }
  expect(withStatus({ ...waiting, isWaiting: false }, 'unknown').isWaiting).toBe(false)
})

test('what was drawn of an RDV is found whenever it was drawn', () => {
  expect(drawnKey(1, 5).slice(0, drawnKey(1).length)).toEqual(drawnKey(1))
})
