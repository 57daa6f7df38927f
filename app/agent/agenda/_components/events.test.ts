import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Board, BoardRdv } from '@/server/booking/rules/board'
import { daysHidden, gridEvents, gridFrame, instantOf, openingAt, wallOf } from './events'

const PARIS = 'Europe/Paris'
const at = (iso: string) => new Date(iso)
const span = (start: string, end: string) => ({ startAt: at(start), endAt: at(end) })
const rdv = (over: Partial<BoardRdv> = {}): BoardRdv => ({
  ...span('2027-03-02T08:00:00Z', '2027-03-02T08:30:00Z'),
  rdvId: 5,
  agentIds: [1],
  status: 'unknown',
  phase: 'future',
  isCollective: false,
  title: null,
  seats: null,
  people: [{ firstName: 'Léa', lastName: 'Martin' }],
  motifName: 'Consultation',
  motifColor: '#0b5563',
  lieuId: 7,
  placeName: 'PMI',
  locationType: 'public_office',
  isWaiting: false,
  isOverbooked: false,
  level: 'write',
  sequence: 0,
  ...over,
})
const board = (over: Partial<Board> = {}): Board => ({
  zone: PARIS,
  agents: [],
  paging: { page: 1, pageCount: 1, agentCount: 0, first: 0, last: 0 },
  holidays: [],
  openings: [],
  away: [],
  rdvs: [],
  busy: [],
  ...over,
})

describe('wall clocks', () => {
  test('nine in Paris is nine on the grid, summer and winter, and there and back is the same instant', () => {
    expect(wallOf(at('2027-03-02T08:00:00Z'), PARIS)).toBe('2027-03-02T09:00:00Z')
    expect(wallOf(at('2027-07-02T07:00:00Z'), PARIS)).toBe('2027-07-02T09:00:00Z')
    const minute = fc.integer({ min: 0, max: 5 * 366 * 1440 })
    fc.assert(
      fc.property(minute, fc.constantFrom(PARIS, 'Indian/Reunion', 'America/Cayenne'), (minutes, zone) => {
        const instant = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000)
        const back = instantOf(new Date(wallOf(instant, zone)), zone)
        // In the hour that comes twice, the first is meant.
        expect([0, 3_600_000]).toContain(instant.getTime() - back.getTime())
        if (zone !== PARIS) expect(back).toEqual(instant)
      }),
    )
  })
})

test('of what is only known as taken, the grid holds two times and a word', () => {
  const [event] = gridEvents(board({ busy: [{ agentId: 1, ...span('2027-03-02T08:00:00Z', '2027-03-02T08:30:00Z') }] }))
  expect(event).toMatchObject({ title: 'Occupé', startEditable: false, extendedProps: { what: { kind: 'busy' } } })
  expect(Object.keys(event?.extendedProps.what ?? {})).toEqual(['kind'])
})

test('of a slot kept for somebody who waits, until when, and nothing of whom', () => {
  const held = {
    ...{ agentId: 1, heldUntilAt: at('2027-03-01T13:32:00Z') },
    ...span('2027-03-02T08:00:00Z', '2027-03-02T08:30:00Z'),
  }
  const [event] = gridEvents(board({ busy: [held] }))
  expect(event).toMatchObject({ startEditable: false, extendedProps: { what: { kind: 'held', words: event?.title } } })
  expect(event?.title).toMatch(/^Tenu jusqu’au lun\. 1er\smars à\s14\sh\s32, pour une personne en attente$/)
})

test.each<[string, Partial<BoardRdv>, boolean]>([
  ['one’s to write, to come', {}, true],
  ['read only', { level: 'read' }, false],
  ['settled', { status: 'seen' }, false],
  ['cancelled', { status: 'revoked' }, false],
])('an RDV %s is moved by hand: %s', (_what, over, isMovable) =>
  expect(gridEvents(board({ rdvs: [rdv(over)] }))[0]).toMatchObject({
    start: '2027-03-02T09:00:00Z',
    startEditable: isMovable,
    durationEditable: isMovable,
  }),
)

test('what crosses the hour that comes twice ends after it starts', () => {
  const night = rdv(span('2026-10-25T00:45:00Z', '2026-10-25T01:15:00Z'))
  expect(gridEvents(board({ rdvs: [night] }))[0]).toMatchObject({
    start: '2026-10-25T02:45:00Z',
    end: '2026-10-25T03:15:00Z',
  })
})

describe('what is shown', () => {
  const week = ['2027-03-01', '2027-03-02', '2027-03-06', '2027-03-07']

  test('ordinary hours without the weekend, unless something lies further', () => {
    expect(gridFrame(board({ rdvs: [rdv()] }), week)).toEqual({ startMin: 480, endMin: 1140, hasWeekend: false })
    const late = rdv(span('2027-03-06T18:30:00Z', '2027-03-06T19:15:00Z'))
    expect(gridFrame(board({ rdvs: [late] }), week)).toEqual({ startMin: 480, endMin: 1260, hasWeekend: true })
  })

  test('the weekend somebody is away on shows, not the one a longer absence passes over', () => {
    const away = (start: string, end: string) =>
      board({ away: [{ ...span(start, end), agentId: 1 } as Board['away'][number]] })
    expect(gridFrame(away('2027-03-05T23:00:00Z', '2027-03-06T23:00:00Z'), week).hasWeekend).toBe(true)
    expect(gridFrame(away('2027-02-28T23:00:00Z', '2027-03-14T23:00:00Z'), week).hasWeekend).toBe(false)
  })

  test('Saturday is left out of a week unless it holds something or is asked for', () => {
    expect([daysHidden(false, false), daysHidden(false, true), daysHidden(true, false)]).toEqual([[0, 6], [0], []])
  })

  test('hours stretch for an absence of some hours, not for one of whole days', () => {
    const away = (start: string, end: string) =>
      board({ away: [{ ...span(start, end), agentId: 1 } as Board['away'][number]] })
    const frame = { startMin: 480, endMin: 1140, hasWeekend: false }
    expect(gridFrame(away('2027-03-02T19:00:00Z', '2027-03-02T20:30:00Z'), week)).toEqual({ ...frame, endMin: 1320 })
    expect(gridFrame(away('2027-03-01T23:00:00Z', '2027-03-02T23:00:00Z'), week)).toEqual(frame)
    expect(gridFrame(away('2027-03-01T19:00:00Z', '2027-03-03T07:00:00Z'), week)).toEqual(frame)
  })

  test('the opening of a time is the one that covers it', () => {
    const one = { openingId: 1, agentId: 1, told: null, ...span('2027-03-02T08:00:00Z', '2027-03-02T11:00:00Z') }
    const open = board({ openings: [one] })
    expect(openingAt(open, at('2027-03-02T08:00:00Z'))).toEqual(one)
    expect(openingAt(open, at('2027-03-02T11:00:00Z'))).toBeNull()
  })
})
