import { describe, expect, test } from 'vitest'
import { makeAbsence, makeAgendas, makeOpening, makeQuestion, ms, MONDAY } from './make.test-model'
import { nextAvailability, searchSlots } from './slots'

describe('what makes no sense is refused', () => {
  test.each([
    [{ durationMin: 0 }, 'bad-duration'],
    [{ durationMin: -30 }, 'bad-duration'],
    [{ durationMin: 1.5 }, 'bad-duration'],
    [{ durationMin: NaN }, 'bad-duration'],
    [{ toMs: ms(MONDAY, '0:00') }, 'empty-window'],
    [{ toMs: NaN }, 'empty-window'],
    [{ toMs: Infinity }, 'window-out-of-bounds'],
    [{ fromMs: -1 }, 'window-out-of-bounds'],
    [{ toMs: ms('2032-01-01', '0:00') }, 'window-out-of-bounds'],
    [{ nowMs: NaN }, 'window-out-of-bounds'],
    [{ zone: 'Europe/Pariss' }, 'unknown-zone'],
    [{ delays: { minMin: NaN, maxMin: 1 } }, 'bad-delays'],
  ])('a question with %j: %s', (question, reason) => {
    expect(searchSlots(makeAgendas(), makeQuestion(question))).toEqual({ ok: false, reason })
    expect(nextAvailability(makeAgendas(), makeQuestion(question))).toEqual({ ok: false, reason })
  })

  const badMove = { kind: 'moved' as const, onDay: MONDAY, toDay: MONDAY, startMin: 600, endMin: 600 }

  test.each([
    [{ startMin: 720, endMin: 540 }],
    [{ startMin: 540, endMin: 540 }],
    [{ endMin: 1441 }],
    [{ startMin: -1 }],
    [{ startMin: 540.5 }],
    [{ rrule: 'FREQ=HOURLY' }],
    [{ firstDay: '2027-02-30' }],
    [{ lastDay: 'soon' }],
    [{ exceptions: [badMove] }],
  ])('an opening with %j', (opening) => {
    const agendas = makeAgendas({ openings: [makeOpening(opening)] })
    expect(searchSlots(agendas, makeQuestion())).toEqual({ ok: false, reason: 'malformed-opening' })
    expect(nextAvailability(agendas, makeQuestion())).toEqual({ ok: false, reason: 'malformed-opening' })
  })

  test.each([
    [{ endMin: 540 }],
    [{ lastDay: '2027-02-28' }],
    [{ lastDay: 'later' }],
    [{ zone: 'Paris' }],
    [{ rrule: 'FREQ=YEARLY' }],
    [{ exceptions: [badMove] }],
  ])('an absence with %j', (absence) => {
    const agendas = makeAgendas({ absences: [makeAbsence(absence)] })
    expect(searchSlots(agendas, makeQuestion())).toEqual({ ok: false, reason: 'malformed-absence' })
  })

  test.each([[[10, 10]], [[10, 5]], [[10]], [[NaN, 5]]])('busy time %j', (busyMin) => {
    const agendas = makeAgendas({ busy: [{ agentId: 1, busyMin }] })
    expect(searchSlots(agendas, makeQuestion())).toEqual({ ok: false, reason: 'malformed-busy' })
  })
})
