import { describe, expect, test } from 'vitest'
import { at, makeAbsence, makeAgendas, makeBusy, makeOpening, makeQuestion, MONDAY, ms } from './make.test-model'
import { whyNoSlots } from './why-no-slots'

const explain = (
  agendas: Parameters<typeof makeAgendas>[0],
  question: Parameters<typeof makeQuestion>[0] = {},
  sector?: Parameters<typeof whyNoSlots>[2],
) => {
  const why = whyNoSlots(makeAgendas(agendas), makeQuestion(question), sector)
  if (!why.ok) throw new Error(why.reason)
  return [why.value.offering, ...why.value.reasons.map(({ reason, count }) => `${reason} ${count}`)]
}
const today = (clock: string) => ({ nowMs: ms(MONDAY, clock) })

describe('why there is no slot', () => {
  test('no opening at all, or none in the window', () => {
    expect(explain({ openings: [] })).toEqual([0, 'no-opening 0'])
    expect(explain({ openings: [makeOpening({ firstDay: '2027-03-02' })] })).toEqual([0, 'none-in-window 1'])
  })

  test('nothing to explain when there are slots', () => expect(explain({})).toEqual([1]))

  test.each([
    ['other-sector 1', {}, {}, [2]],
    ['other-sector 1', {}, { agents: [] }, []],
    ['other-agents 1', {}, { agents: [2] }, 'any' as const],
    ['other-agents 1', {}, { agents: [] }, [1]],
    ['other-lieu 1', {}, { lieuId: 2 }, 'any' as const],
    ['too-short 1', {}, { durationMin: 181 }, 'any' as const],
    ['past 1', {}, today('11:31'), 'any' as const],
    ['past 1', {}, { nowMs: ms('2027-03-02', '8:00') }, 'any' as const],
    ['past 1', { busy: [makeBusy(MONDAY, [['9:00', '12:00']])] }, today('11:31'), 'any' as const],
    ['absent 1', { absences: [makeAbsence({ endMin: at('11:31') })] }, {}, 'any' as const],
    ['full 1', { busy: [makeBusy(MONDAY, [['9:00', '11:31']])] }, {}, 'any' as const],
    ['outside-window 1', {}, { fromMs: ms(MONDAY, '13:00') }, 'any' as const],
    ['too-soon 1', {}, { ...today('8:00'), delays: { minMin: 300, maxMin: 9999 } }, 'any' as const],
    ['too-late 1', {}, { ...today('8:00'), delays: { minMin: 0, maxMin: 30 } }, 'any' as const],
  ])('%s', (reason, agendas, question, sector) => expect(explain(agendas, question, sector)).toEqual([0, reason]))

  test('a public holiday', () => {
    const easterMonday = { fromMs: ms('2027-03-29', '0:00'), toMs: ms('2027-03-30', '0:00') }
    expect(explain({ openings: [makeOpening({ firstDay: '2027-03-29' })] }, easterMonday)).toEqual([0, 'holiday 1'])
  })

  test('absent and full together count as full: the absence alone would have left a slot', () => {
    const absences = [makeAbsence({ endMin: at('10:30') })]
    expect(explain({ absences, busy: [makeBusy(MONDAY, [['10:30', '12:00']])] })).toEqual([0, 'full 1'])
  })

  test('each occurrence is counted once, in the order of the reasons', () => {
    const openings = [
      makeOpening({ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }),
      makeOpening({ id: 2, agentId: 2, rrule: 'FREQ=WEEKLY;BYDAY=MO' }),
      makeOpening({ id: 3, lieuId: 9, startMin: at('14:00'), endMin: at('15:00') }),
    ]
    const absences = [makeAbsence({ lastDay: '2027-03-02', endMin: at('24:00') })]
    const busy = [makeBusy('2027-03-03', [['8:00', '18:00']])]
    const question = { agents: [1], lieuId: 1, toMs: ms('2027-03-08', '0:00') }
    expect(explain({ openings, absences, busy }, question)).toEqual([
      2,
      'other-agents 1',
      'other-lieu 1',
      'absent 2',
      'full 1',
    ])
  })

  test('a question or a row that makes no sense is refused', () => {
    expect(whyNoSlots(makeAgendas(), makeQuestion({ durationMin: 0 }))).toEqual({ ok: false, reason: 'bad-duration' })
    const agendas = makeAgendas({ openings: [makeOpening({ endMin: 0 })] })
    expect(whyNoSlots(agendas, makeQuestion())).toEqual({ ok: false, reason: 'malformed-opening' })
  })
})
