import { describe, expect, test } from 'vitest'
import {
  isLeftOut,
  mayReceiveFor,
  openTimes,
  planOneDate,
  whyNotOpen,
  type Ground,
  type OpeningFault,
  type OpeningValues,
  type OpenSeries,
} from './opening'

const GROUND = { zone: 'Europe/Paris', department: '62' }
const mondays: OpenSeries & Ground & { lieuId: number | null } = {
  ...GROUND,
  lieuId: 1,
  firstDay: '2027-03-01',
  startMin: 540,
  endMin: 720,
  rrule: 'FREQ=WEEKLY;BYDAY=MO',
  exceptions: [],
  onHolidays: false,
}
const at = (start: string, end: string) => ({ startMs: Date.parse(start), endMs: Date.parse(end), lieuId: 1 })
const nineToHalfPast = at('2027-03-08T08:00Z', '2027-03-08T08:30Z')

describe('what an opening must be', () => {
  const cases: [Partial<OpenSeries>, OpeningFault | null][] = [
    [{}, null],
    [{ rrule: null }, null],
    [{ endMin: 540 }, 'end-before-start'],
    [{ rrule: 'FREQ=DAILY' }, 'bad-rule'],
    [{ rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270228' }, 'until-before-first'],
    [{ rrule: 'FREQ=WEEKLY;BYDAY=TU' }, 'first-day-not-in-rule'],
    [{ rrule: 'FREQ=MONTHLY;BYDAY=1MO' }, null],
    [{ rrule: 'FREQ=MONTHLY;BYDAY=2MO' }, 'first-day-not-in-rule'],
  ]
  test.each(cases)('%o → %s', (over, fault) => expect(whyNotOpen({ ...mondays, ...over })).toBe(fault))
})

test('is closed on a public holiday, unless on purpose', () => {
  const easter = (series: OpenSeries) => openTimes(series, GROUND, '2027-03-29', '2027-03-30')
  expect(easter(mondays)).toEqual([])
  expect(easter({ ...mondays, onHolidays: true })).toHaveLength(1)
})

describe('an RDV is left out of an opening', () => {
  test('taken away, or moved off it', () => {
    expect(isLeftOut(nineToHalfPast, mondays, [])).toBe(true)
    expect(isLeftOut(nineToHalfPast, mondays, [{ ...mondays, startMin: 541 }])).toBe(true)
    const cancelled = { ...mondays, exceptions: [{ onDay: '2027-03-08', kind: 'cancelled' as const }] }
    expect(isLeftOut(nineToHalfPast, mondays, [cancelled])).toBe(true)
  })

  test('but not when it still stands within, nor when it never did', () => {
    expect(isLeftOut(nineToHalfPast, mondays, [mondays])).toBe(false)
    expect(isLeftOut(nineToHalfPast, mondays, [{ ...mondays, endMin: 570 }])).toBe(false)
    const next = { ...mondays, firstDay: '2027-03-08' }
    expect(isLeftOut(nineToHalfPast, mondays, [{ ...mondays, rrule: null }, next])).toBe(false)
    expect(isLeftOut(at('2027-03-08T11:00Z', '2027-03-08T11:30Z'), mondays, [])).toBe(false)
    expect(isLeftOut(at('2027-03-29T07:00Z', '2027-03-29T07:30Z'), mondays, [])).toBe(false)
  })
})

test('each opening is read on its own clocks', () => {
  const abroad = { ...mondays, zone: 'America/Guadeloupe', department: '971' }
  expect(isLeftOut(nineToHalfPast, mondays, [abroad])).toBe(true)
  // From four to seven there.
  expect(isLeftOut(nineToHalfPast, mondays, [{ ...abroad, startMin: 240, endMin: 420 }])).toBe(false)
  expect(isLeftOut(nineToHalfPast, abroad, [])).toBe(false)
})

test('an RDV at its lieu is left out when it goes elsewhere; one that was elsewhere, or nowhere, is not', () => {
  const elsewhere = { ...mondays, lieuId: 2 }
  expect(isLeftOut(nineToHalfPast, mondays, [elsewhere])).toBe(true)
  expect(isLeftOut(nineToHalfPast, mondays, [elsewhere, mondays])).toBe(false)
  expect(isLeftOut({ ...nineToHalfPast, lieuId: 3 }, mondays, [elsewhere])).toBe(false)
  expect(isLeftOut({ ...nineToHalfPast, lieuId: null }, mondays, [elsewhere])).toBe(false)
})

describe('one date of a series', () => {
  const series: OpeningValues = {
    ...mondays,
    ...{ territoryId: 1, organisationId: 1, agentId: 1, title: 'Permanence', motifIds: [1, 2] },
  }
  const day = '2027-03-08'
  const given = { ...series, firstDay: '2027-03-09', startMin: 600, rrule: null }

  test('at other hours, or another day, is moved', () => {
    const { row, begun } = planOneDate(series, { day, given: { ...given, motifIds: [2, 1] } })
    expect(row?.exceptions).toEqual([{ onDay: day, kind: 'moved', toDay: '2027-03-09', startMin: 600, endMin: 720 }])
    expect(begun).toBeNull()
  })

  test.each([
    { lieuId: 2 },
    { lieuId: null },
    { motifIds: [1] },
    { title: 'Réunion' },
    { organisationId: 2 },
    { onHolidays: true },
  ])('with %o, leaves the series and opens by itself', (over) => {
    const { row, begun } = planOneDate(series, { day, given: { ...given, ...over } })
    expect(row?.exceptions).toEqual([{ onDay: day, kind: 'cancelled' }])
    expect(begun).toMatchObject({ firstDay: '2027-03-09', startMin: 600, endMin: 720, rrule: null, ...over })
    expect(begun?.exceptions).toEqual([])
  })
})

describe('the motifs an agent may receive for', () => {
  const motif = { organisationId: 1, serviceId: 7, isForSecretariat: false }
  const receiver = (over: object, serviceIds: number[] = []) => ({
    roles: [{ organisationId: 1, level: 'basic' as const, isSecretary: false, ...over }],
    serviceIds,
  })
  test('are their services’, all of them for an admin, those left to secretaries for one', () => {
    expect(mayReceiveFor(receiver({}), motif)).toBe(false)
    expect(mayReceiveFor(receiver({}, [7]), motif)).toBe(true)
    expect(mayReceiveFor(receiver({ level: 'admin' }), motif)).toBe(true)
    expect(mayReceiveFor(receiver({ isSecretary: true }), motif)).toBe(false)
    expect(mayReceiveFor(receiver({ isSecretary: true }), { ...motif, isForSecretariat: true })).toBe(true)
    expect(mayReceiveFor(receiver({ organisationId: 2, level: 'admin' }, [7]), motif)).toBe(false)
  })
})
