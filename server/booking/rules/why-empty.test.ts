import { describe, expect, test } from 'vitest'
import { at, makeAbsence, makeBusy, makeOpening, MONDAY, ms, PARIS } from '@/server/scheduling/rules/make.test-model'
import type { GroupSearch } from './availability'
import { whyEmpty } from './why-empty'

const motif = { id: 1, durationMin: 30, minLeadMin: 30, maxLeadMin: 10_000 }
const opened = (...openings: ReturnType<typeof makeOpening>[]) => ({ openingsByMotif: new Map([[1, openings]]) })
const busy = (from: string, to: string) => ({ busy: [makeBusy(MONDAY, [[from, to]])] })
const seenAt = (clock: string) => ({ nowMs: ms(MONDAY, clock) })

/** One motif, one agent open on Monday from 9:00 to 12:00, seen from the day before. */
const group = (over: Partial<GroupSearch>): GroupSearch => ({
  motifs: [motif],
  ...opened(makeOpening()),
  absences: [],
  busy: [],
  zone: PARIS,
  department: '62',
  lieuId: 1,
  nowMs: ms('2027-02-28', '8:00'),
  ...over,
})
const [midnight, nextMidnight] = [ms(MONDAY, '0:00'), ms(MONDAY, '24:00')]
/** As a page of that Monday asks: never before now. */
const explain = (over: Partial<GroupSearch>, untilMs = nextMidnight) => {
  const asked = group(over)
  return whyEmpty(asked, Math.max(midnight, asked.nowMs), untilMs).map(({ reason, count }) => `${reason} ${count}`)
}

describe('a person is told why there is nothing to choose', () => {
  test.each<[string, Partial<GroupSearch>, string]>([
    ['no opening', opened(), 'no-opening 0'],
    ['an opening another day', opened(makeOpening({ firstDay: '2027-03-02' })), 'no-opening 1'],
    ['at another lieu', { lieuId: 2 }, 'no-opening 1'],
    ['too short an opening', { motifs: [{ ...motif, durationMin: 181 }] }, 'no-opening 1'],
    ['past', seenAt('11:31'), 'closed-by-delay 1'],
    ['past, of hours that were all booked', { ...seenAt('11:31'), ...busy('9:00', '12:00') }, 'closed-by-delay 1'],
    ['past, of an agent who was absent', { ...seenAt('12:00'), absences: [makeAbsence()] }, 'closed-by-delay 1'],
    ['too soon', seenAt('11:10'), 'closed-by-delay 1'],
    ['too late', { motifs: [{ ...motif, maxLeadMin: 60 }] }, 'closed-by-delay 1'],
    ['absent', { absences: [makeAbsence({ endMin: at('11:31') })] }, 'absent 1'],
    ['full', busy('9:00', '11:31'), 'full 1'],
    ['full for what is left of it', { ...seenAt('10:31'), ...busy('10:30', '12:00') }, 'full 1'],
  ])('%s', (_case, over, told) => expect(explain(over)).toEqual([told]))

  test('a public holiday', () => {
    const easterMonday = '2027-03-29'
    const closed = group({
      ...opened(makeOpening({ firstDay: easterMonday })),
      motifs: [{ ...motif, maxLeadMin: 100_000 }],
    })
    const reasons = whyEmpty(closed, ms(easterMonday, '0:00'), ms(easterMonday, '24:00'))
    expect(reasons).toEqual([{ reason: 'holiday', count: 1 }])
  })

  test('what an earlier hour closed and what an RDV took are told apart', () => {
    const openings = [
      makeOpening({ endMin: at('10:00') }),
      makeOpening({ id: 2, startMin: at('14:00'), endMin: at('16:00') }),
    ]
    expect(explain({ ...opened(...openings), ...seenAt('10:00'), ...busy('14:00', '16:00') })).toEqual([
      'closed-by-delay 1',
      'full 1',
    ])
  })

  test('openings of every motif of the choice add up under one reason', () => {
    const motifs = [motif, { ...motif, id: 2 }]
    const openingsByMotif = new Map(motifs.map(({ id }) => [id, [makeOpening()]]))
    expect(explain({ motifs, openingsByMotif, ...busy('9:00', '12:00') })).toEqual(['full 2'])
  })

  test('beyond the last start there can be, there is no opening', () => {
    expect(explain({}, midnight)).toEqual(['no-opening 0'])
  })
})
