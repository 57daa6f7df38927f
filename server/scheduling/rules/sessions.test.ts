import { describe, expect, test } from 'vitest'
import { MONDAY, ms } from './make.test-model'
import { type SessionQuestion, type SessionRow, openSessions, seatsLeft } from './sessions'

const makeSession = (session: Partial<SessionRow> = {}): SessionRow => ({
  rdvId: 1,
  startMs: ms(MONDAY, '14:00'),
  endMs: ms(MONDAY, '16:00'),
  lieuId: 1,
  agentIds: [1, 2],
  isCancelled: false,
  takenSeats: 3,
  seats: 10,
  ...session,
})
const question: SessionQuestion = {
  fromMs: ms(MONDAY, '0:00'),
  toMs: ms(MONDAY, '24:00'),
  nowMs: ms(MONDAY, '8:00'),
  agents: 'any',
  lieuId: 'any',
  delays: null,
}
const idsOf = (sessions: Partial<SessionRow>[], asked: Partial<SessionQuestion> = {}) => {
  const open = openSessions(sessions.map(makeSession), { ...question, ...asked })
  if (!open.ok) throw new Error(open.reason)
  return open.value.map(({ rdvId }) => rdvId)
}

describe('the sessions of a collective motif', () => {
  test.each([
    [{ takenSeats: 9 }, 1],
    [{ takenSeats: 10 }, 0],
    [{ takenSeats: 12 }, 0],
    [{ seats: 0, takenSeats: 0 }, 0],
    [{ seats: null, takenSeats: 500 }, 1],
    [{ isCancelled: true }, 0],
  ])('with %j, %i can be joined', (session, count) => expect(idsOf([session])).toHaveLength(count))

  test('come by start, then id', () => {
    const later = ms(MONDAY, '17:00')
    expect(idsOf([{ rdvId: 3, startMs: later }, { rdvId: 2, startMs: later }, { rdvId: 9 }])).toEqual([9, 2, 3])
  })

  test('are to come: one that starts this very minute has begun', () => {
    expect(idsOf([{}], { nowMs: ms(MONDAY, '14:00') })).toEqual([])
    expect(idsOf([{}], { nowMs: ms(MONDAY, '14:00') - 1 })).toEqual([1])
  })

  test('respect both delays of usagers, inclusive', () => {
    expect(idsOf([{}], { delays: { minMin: 360, maxMin: 360 } })).toEqual([1])
    expect(idsOf([{}], { delays: { minMin: 361, maxMin: 1000 } })).toEqual([])
    expect(idsOf([{}], { delays: { minMin: 0, maxMin: 359 } })).toEqual([])
  })

  test('lie in the half-open window', () => {
    expect(idsOf([{}], { toMs: ms(MONDAY, '14:00') })).toEqual([])
    expect(idsOf([{}], { fromMs: ms(MONDAY, '14:00') })).toEqual([1])
  })

  test('are in the lieu and held by one of the agents asked for, nobody being nobody', () => {
    expect(idsOf([{}], { lieuId: 2 })).toEqual([])
    expect(idsOf([{ lieuId: null }], { lieuId: null })).toEqual([1])
    expect(idsOf([{}], { agents: [2, 8] })).toEqual([1])
    expect(idsOf([{}], { agents: [8] })).toEqual([])
    expect(idsOf([{}], { agents: [] })).toEqual([])
  })

  test('are refused for a window that makes no sense', () => {
    expect(openSessions([], { ...question, toMs: 0 })).toEqual({ ok: false, reason: 'empty-window' })
  })

  test('never have less than no seat left', () => {
    expect(seatsLeft({ seats: 10, takenSeats: 12 })).toBe(0)
    expect(seatsLeft({ seats: null, takenSeats: 12 })).toBeNull()
  })
})
