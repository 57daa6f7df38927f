import { describe, expect, test } from 'vitest'
import { followUpAgents, narrowAgents } from './agenda'
import {
  at,
  clocksOf,
  makeAbsence,
  makeAgendas,
  makeBusy,
  makeOpening,
  makeQuestion,
  ms,
  MONDAY,
  slotsOf,
} from './make.test-model'
import { agentsAt, agentSlots, slotAt, uniqueStartsMin, userSlots } from './slot-table'
import { nextAvailability, searchSlots } from './slots'

const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
const week = (from: string, to: string) => ({ fromMs: ms(from, '0:00'), toMs: ms(to, '0:00') })
const tableOf = (agendas: Parameters<typeof makeAgendas>[0], question: Parameters<typeof makeQuestion>[0] = {}) => {
  const table = searchSlots(makeAgendas(agendas), makeQuestion(question))
  if (!table.ok) throw new Error(table.reason)
  return table.value
}

describe('the grid', () => {
  test('09:00–12:00 by 45 minutes gives 9:00, 9:45, 10:30 and 11:15, the last one ending at noon', () => {
    expect(clocksOf({}, { durationMin: 45 })).toBe('9:00 9:45 10:30 11:15')
  })

  test('a slot that would end one minute late is not offered', () => {
    expect(clocksOf({ openings: [makeOpening({ endMin: at('11:59') })] }, { durationMin: 45 })).toBe('9:00 9:45 10:30')
  })

  test('an RDV 9:20–9:50 leaves nothing before, then 9:50 and 10:50 by the hour', () => {
    expect(clocksOf({ busy: [makeBusy(MONDAY, [['9:20', '9:50']])] }, { durationMin: 60 })).toBe('9:50 10:50')
  })

  test('an RDV that ends at 10:00 leaves 10:00 free', () => {
    expect(clocksOf({ busy: [makeBusy(MONDAY, [['9:00', '10:00']])] })).toBe('10:00 10:30 11:00 11:30')
  })

  test('an RDV before the window still anchors the grid', () => {
    const busy = [makeBusy(MONDAY, [['9:20', '9:50']])]
    expect(clocksOf({ busy }, { durationMin: 60, fromMs: ms(MONDAY, '10:00') })).toBe('10:50')
  })

  test('busy times may overlap, touch and run past the opening', () => {
    const busy = [makeBusy(MONDAY, [['8:00', '9:10'], ['9:05', '9:40'], ['9:06', '9:15'], ['9:40', '9:50'], ['11:45', '14:00']])] // prettier-ignore
    expect(clocksOf({ busy })).toBe('9:50 10:20 10:50')
  })

  test('the window is half-open on starts', () => {
    expect(clocksOf({}, { fromMs: ms(MONDAY, '9:30'), toMs: ms(MONDAY, '11:00') })).toBe('9:30 10:00 10:30')
    expect(clocksOf({}, { fromMs: ms(MONDAY, '9:30') + 1, toMs: ms(MONDAY, '11:00') + 1 })).toBe('10:00 10:30 11:00')
  })
})

describe('a start in the past', () => {
  test.each([
    ['9:00', '9:00 9:30 10:00 10:30 11:00 11:30'],
    ['9:01', '9:05 9:35 10:05 10:35 11:05'],
    ['9:05', '9:05 9:35 10:05 10:35 11:05'],
    ['10:31', '10:35 11:05'],
    ['11:30', '11:30'],
    ['11:31', ''],
  ])('at %s, the opening of 9:00 gives %j', (now, clocks) =>
    expect(clocksOf({}, { nowMs: ms(MONDAY, now) })).toBe(clocks),
  )

  test('a second past the minute counts', () => {
    expect(clocksOf({}, { nowMs: ms(MONDAY, '11:30') + 1 })).toBe('')
  })

  test('moves by five minutes from the start of its free range, not from the hour', () => {
    const busy = [makeBusy(MONDAY, [['9:00', '9:52']])]
    expect(clocksOf({ busy }, { nowMs: ms(MONDAY, '10:31'), durationMin: 20 })).toBe('10:32 10:52 11:12 11:32')
  })

  test('does not move a range still to come', () => {
    const busy = [makeBusy(MONDAY, [['9:30', '10:13']])]
    expect(clocksOf({ busy }, { nowMs: ms(MONDAY, '9:40') })).toBe('10:13 10:43 11:13')
  })
})

describe('delays', () => {
  const delays = (minMin: number, maxMin: number) => ({ nowMs: ms(MONDAY, '8:00'), delays: { minMin, maxMin } })

  test('the minimum filters without shifting the grid', () => {
    expect(clocksOf({}, delays(70, 10_000))).toBe('9:30 10:00 10:30 11:00 11:30')
  })

  test('the minimum is inclusive', () => {
    expect(clocksOf({}, delays(90, 10_000))).toBe('9:30 10:00 10:30 11:00 11:30')
    expect(clocksOf({}, delays(91, 10_000))).toBe('10:00 10:30 11:00 11:30')
  })

  test('the maximum is a strict bound, the minute itself allowed, the end of the day never', () => {
    expect(clocksOf({}, delays(0, 120))).toBe('9:00 9:30 10:00')
    expect(clocksOf({}, delays(0, 119))).toBe('9:00 9:30')
  })

  test.each([1, 30_000, 59_999])('count to the millisecond: now being %i ms past the minute', (pastMs) => {
    const clocks = (minMin: number, maxMin: number) =>
      clocksOf({}, { nowMs: ms(MONDAY, '8:00') + pastMs, delays: { minMin, maxMin } })
    expect(clocks(60, 120)).toBe('9:30 10:00')
    expect(clocks(59, 119)).toBe('9:00 9:30')
  })

  test('delays that leave nothing give no slot, not a refusal', () => {
    expect(clocksOf({}, delays(200, 100))).toBe('')
    expect(clocksOf({}, delays(100_000, 200_000))).toBe('')
  })

  test('agents have none', () => {
    expect(clocksOf({}, { nowMs: ms(MONDAY, '8:59'), delays: null })).toContain('9:00')
  })
})

describe('absences', () => {
  test('an absence closes its own hours', () => {
    expect(clocksOf({ absences: [makeAbsence()] })).toBe('10:00 10:30 11:00 11:30')
  })

  test('it may last several days, begun before the window and ended after', () => {
    const absences = [
      makeAbsence({ firstDay: '2027-02-20', startMin: at('18:00'), lastDay: '2027-03-20', endMin: at('9:00') }),
    ]
    expect(clocksOf({ absences })).toBe('')
  })

  test('the last of several days ends at its own hour', () => {
    const absences = [
      makeAbsence({ firstDay: '2027-02-26', startMin: at('18:00'), lastDay: MONDAY, endMin: at('11:00') }),
    ]
    expect(clocksOf({ absences })).toBe('11:00 11:30')
  })

  test('it may repeat, and one occurrence may be cancelled or moved', () => {
    const opening = makeOpening({ rrule: WEEKDAYS })
    const weekly = { firstDay: MONDAY, rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', startMin: at('9:00'), endMin: at('11:30') }
    const search = (exceptions: ReturnType<typeof makeAbsence>['exceptions']) =>
      clocksOf({ openings: [opening], absences: [makeAbsence({ ...weekly, exceptions })] }, week(MONDAY, '2027-03-04'))
    expect(search([])).toBe('11:30 11:30 9:00 9:30 10:00 10:30 11:00 11:30')
    expect(search([{ kind: 'cancelled', onDay: MONDAY }])).toBe(
      '9:00 9:30 10:00 10:30 11:00 11:30 11:30 9:00 9:30 10:00 10:30 11:00 11:30',
    )
    const moved = {
      kind: 'moved' as const,
      onDay: MONDAY,
      toDay: '2027-03-03',
      startMin: at('9:00'),
      endMin: at('11:00'),
    }
    expect(search([moved])).toBe('9:00 9:30 10:00 10:30 11:00 11:30 11:30 11:00 11:30')
  })

  test('it keeps its own zone: 9:00–10:00 in La Réunion is 6:00–7:00 in Paris', () => {
    const openings = [makeOpening({ startMin: at('5:00'), endMin: at('8:00') })]
    expect(clocksOf({ openings, absences: [makeAbsence({ zone: 'Indian/Reunion' })] })).toBe('5:00 5:30 7:00 7:30')
  })

  test('an absence of somebody else changes nothing', () => {
    expect(slotsOf({ absences: [makeAbsence({ agentId: 2 })] })).toHaveLength(6)
  })
})

describe('public holidays', () => {
  const easterMonday = { openings: [makeOpening({ firstDay: '2027-03-29' })] }
  const thatDay = week('2027-03-29', '2027-03-30')

  test('nobody receives on a public holiday', () => expect(clocksOf(easterMonday, thatDay)).toBe(''))

  test('unless the opening says so', () => {
    const openings = [makeOpening({ firstDay: '2027-03-29', onHolidays: true })]
    expect(slotsOf({ openings }, thatDay)).toHaveLength(6)
  })

  test('each département has its own days', () => {
    const goodFriday = { openings: [makeOpening({ firstDay: '2027-03-26' })] }
    expect(slotsOf(goodFriday, week('2027-03-26', '2027-03-27'))).toHaveLength(6)
    expect(slotsOf(goodFriday, { ...week('2027-03-26', '2027-03-27'), department: '67' })).toHaveLength(0)
  })

  test('an occurrence moved onto a holiday is closed too', () => {
    const moved = { kind: 'moved' as const, onDay: MONDAY, toDay: '2027-03-29', startMin: 540, endMin: 720 }
    expect(clocksOf({ openings: [makeOpening({ exceptions: [moved] })] }, thatDay)).toBe('')
  })
})

describe('openings', () => {
  test('overlapping openings keep both grids, a start they share counts once', () => {
    const openings = [
      makeOpening({ endMin: at('10:30') }),
      makeOpening({ id: 2, startMin: at('9:15'), endMin: at('10:30') }),
    ]
    expect(clocksOf({ openings })).toBe('9:00 9:15 9:30 9:45 10:00')
    const same = [makeOpening({ endMin: at('10:00') }), makeOpening({ id: 2, endMin: at('10:00') })]
    expect(slotsOf({ openings: same }).map(({ openingId }) => openingId)).toEqual([1, 1])
  })

  test('two lieux at the same time are two slots, one for the agent’s list', () => {
    const openings = [makeOpening({ endMin: at('9:30') }), makeOpening({ id: 2, lieuId: 2, endMin: at('9:30') })]
    expect(slotsOf({ openings }).map(({ lieuId }) => lieuId)).toEqual([1, 2])
    expect(agentSlots(tableOf({ openings }))).toHaveLength(1)
  })

  test('the lieu filters, and null is without lieu', () => {
    const openings = [makeOpening(), makeOpening({ id: 2, lieuId: null, startMin: at('14:00'), endMin: at('15:00') })]
    expect(clocksOf({ openings }, { lieuId: null })).toBe('14:00 14:30')
    expect(slotsOf({ openings }, { lieuId: 1 })).toHaveLength(6)
    expect(slotsOf({ openings }, { lieuId: 3 })).toHaveLength(0)
    expect(slotsOf({ openings }, { lieuId: 'any' })).toHaveLength(8)
  })

  test('one occurrence may be cancelled, or moved to other hours, another day and another lieu', () => {
    const moved = {
      kind: 'moved' as const,
      onDay: '2027-03-02',
      toDay: '2027-03-06',
      startMin: at('14:00'),
      endMin: at('15:00'),
      lieuId: 7,
    }
    const exceptions = [{ kind: 'cancelled' as const, onDay: MONDAY }, moved]
    const openings = [makeOpening({ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU', exceptions })]
    const found = slotsOf({ openings }, week(MONDAY, '2027-03-08'))
    expect(found.map(({ startMs, lieuId }) => [startMs, lieuId])).toEqual([[ms('2027-03-06', '14:00'), 7], [ms('2027-03-06', '14:30'), 7]]) // prettier-ignore
    expect(slotsOf({ openings }, { ...week(MONDAY, '2027-03-08'), lieuId: 1 })).toEqual([])
  })

  test('a series ends on its last day', () => {
    const openings = [makeOpening({ rrule: WEEKDAYS, lastDay: '2027-03-02', endMin: at('9:30') })]
    expect(slotsOf({ openings }, week(MONDAY, '2027-03-08'))).toHaveLength(2)
  })
})

describe('agents', () => {
  const openings = [
    makeOpening({ agentId: 2, endMin: at('10:00') }),
    makeOpening({ id: 2, agentId: 1, endMin: at('10:00') }),
  ]

  test('an empty list is nobody, never everybody', () => {
    expect(slotsOf({ openings }, { agents: [] })).toEqual([])
    expect(slotsOf({ openings }, { agents: [2] }).map(({ agentId }) => agentId)).toEqual([2, 2])
    expect(slotsOf({ openings }, { agents: 'any' })).toHaveLength(4)
  })

  test('a follow-up is for the usager’s référents; without référent there is no slot', () => {
    expect(followUpAgents(true, [])).toEqual([])
    expect(followUpAgents(true, [4])).toEqual([4])
    expect(followUpAgents(false, [4])).toBe('any')
  })

  test('two filters keep those who pass both', () => {
    expect(narrowAgents('any', [1, 2])).toEqual([1, 2])
    expect(narrowAgents([1, 2], 'any')).toEqual([1, 2])
    expect(narrowAgents([1, 2], [2, 3])).toEqual([2])
    expect(narrowAgents([1], [])).toEqual([])
  })

  test('usagers see one slot per start, agents one per start and agent', () => {
    const table = tableOf({ openings })
    expect(userSlots(table).map(({ startMs }) => startMs)).toEqual([ms(MONDAY, '9:00'), ms(MONDAY, '9:30')])
    const pairs = agentSlots(table).map(({ startMs, agentId }) => [startMs, agentId])
    expect(pairs).toEqual([[ms(MONDAY, '9:00'), 1], [ms(MONDAY, '9:00'), 2], [ms(MONDAY, '9:30'), 1], [ms(MONDAY, '9:30'), 2]]) // prettier-ignore
    expect([...uniqueStartsMin(table)]).toEqual([ms(MONDAY, '9:00') / 60_000, ms(MONDAY, '9:30') / 60_000])
    expect(agentsAt(table, ms(MONDAY, '9:30'))).toEqual([1, 2])
    expect(agentsAt(table, ms(MONDAY, '9:31'))).toEqual([])
    expect(() => slotAt(table, 4)).toThrow('no slot 4')
  })

  test('a slot says everything a booking needs', () => {
    expect(slotsOf({ openings }, { agents: [2] })[0]).toEqual({
      startMs: ms(MONDAY, '9:00'),
      endMs: ms(MONDAY, '9:30'),
      agentId: 2,
      lieuId: 1,
      openingId: 1,
    })
  })
})

describe('the next availability', () => {
  const horizon = week(MONDAY, '2027-09-01')
  const find = (agendas: Parameters<typeof makeAgendas>[0], question: Parameters<typeof makeQuestion>[0] = {}) =>
    nextAvailability(makeAgendas(agendas), makeQuestion({ ...horizon, ...question }))

  test('is the earliest of all agents', () => {
    const openings = [
      makeOpening({ firstDay: '2027-05-03' }),
      makeOpening({ id: 2, agentId: 2, firstDay: '2027-04-02' }),
    ]
    expect(find({ openings })).toMatchObject({ ok: true, value: { startMs: ms('2027-04-02', '9:00'), agentId: 2 } })
  })

  test('goes to the lowest id when several share it', () => {
    const openings = [makeOpening({ agentId: 9 }), makeOpening({ id: 2, agentId: 3 })]
    expect(find({ openings })).toMatchObject({ value: { agentId: 3 } })
  })

  test('is null beyond the horizon, beyond the delay, and with nobody', () => {
    const openings = [makeOpening({ firstDay: '2027-09-01' })]
    expect(find({ openings })).toEqual({ ok: true, value: null })
    expect(find({}, { delays: { minMin: 0, maxMin: 60 } })).toEqual({ ok: true, value: null })
    expect(find({}, { agents: [] })).toEqual({ ok: true, value: null })
  })
})
