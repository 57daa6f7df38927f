import { expect, test } from 'vitest'
import { at, makeAgendas, makeOpening, MONDAY, ms, PARIS } from '@/server/scheduling/rules/make.test-model'
import { agentSlotsOf, type AgentQuestion } from './agent-slots'

const question: AgentQuestion = {
  zone: PARIS,
  department: '62',
  nowMs: ms('2027-01-01', '0:00'),
  durationMin: 30,
  agentIds: [1],
  lieux: 'any',
  fromDay: MONDAY,
  together: false,
}

test.each([false, true])(
  'a lieu where one date alone was moved has its next availability too (together: %s)',
  (together) => {
    const hours = { startMin: at('14:00'), endMin: at('15:00') }
    const moved = { kind: 'moved', onDay: '2027-03-08', toDay: '2027-03-09', lieuId: 2, ...hours } as const
    const opening = makeOpening({ rrule: 'FREQ=WEEKLY;BYDAY=MO', exceptions: [moved] })
    const { nextByLieu } = agentSlotsOf(makeAgendas({ openings: [opening] }), { ...question, together })
    expect(nextByLieu).toEqual([
      { lieuId: 1, at: new Date(ms(MONDAY, '9:00')) },
      { lieuId: 2, at: new Date(ms('2027-03-09', '14:00')) },
    ])
  },
)
