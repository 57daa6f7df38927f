import { describe, expect, test } from 'vitest'
import { areAllKnown, warningsOf, type PlacingFacts, type PlacingQuestion } from './warnings'

const at = (clock: string) => new Date(`2027-03-02T${clock}:00Z`)
const NOW = at('06:00')
const question: PlacingQuestion = { agentIds: [1], lieuId: 7, startsAt: at('10:00'), endsAt: at('10:30') }
const nothing: PlacingFacts = { taken: [], held: [], away: [], openings: [], sameDay: [], noShows: [] }
const span = (start: string, end: string, agentId = 1) => ({ agentId, startAt: at(start), endAt: at(end) })
const kinds = (facts: Partial<PlacingFacts>, over: Partial<PlacingQuestion> = {}, now = NOW) =>
  warningsOf({ ...question, ...over }, { ...nothing, ...facts }, now).map(({ kind }) => kind)

test('an ordinary RDV warns of nothing', () =>
  expect(
    kinds({ openings: [{ ...span('09:00', '12:00'), lieuId: 7, placeName: 'PMI' }], taken: [span('09:00', '10:00')] }),
  ).toEqual([]))

describe('overlap', () => {
  test.each([
    ['09:00', '10:00', false],
    ['09:00', '10:01', true],
    ['10:29', '11:00', true],
    ['10:30', '11:00', false],
  ])('taken from %s to %s: %s', (start, end, expected) =>
    expect(kinds({ taken: [span(start, end)] }).includes('overlap')).toBe(expected),
  )

  test('of each agent chosen, and of no other', () => {
    const facts = { taken: [span('10:00', '10:30', 2), span('10:00', '10:30', 3)] }
    const warnings = warningsOf({ ...question, agentIds: [1, 2] }, { ...nothing, ...facts }, NOW)
    expect(warnings).toEqual([{ kind: 'overlap', agentId: 2 }])
  })
})

describe('a slot kept for somebody who waits', () => {
  const held = (start: string, end: string, agentId = 1) => ({ ...span(start, end, agentId), untilAt: at('08:00') })
  test('is said, with until when', () =>
    expect(warningsOf(question, { ...nothing, held: [held('10:15', '10:45')] }, NOW)).toEqual([
      { kind: 'held', agentId: 1, untilAt: at('08:00') },
    ]))
  test('of another agent, or of another time, is not', () =>
    expect(kinds({ held: [held('10:00', '10:30', 2), held('10:30', '11:00')] })).toEqual([]))
  test('is no RDV: neither an overlap, nor a hole', () => expect(kinds({ held: [held('09:00', '09:30')] })).toEqual([]))
})

describe('a hole before it', () => {
  test.each([
    ['09:13', null],
    ['09:14', 46],
    ['09:59', 1],
    ['10:00', null],
  ])('the last RDV ends at %s: %s min', (end, gapMin) => {
    const warnings = warningsOf(question, { ...nothing, taken: [span('09:00', end)] }, NOW)
    expect(warnings).toEqual(gapMin === null ? [] : [{ kind: 'gap', agentId: 1, gapMin }])
  })

  test('none when another RDV ends right before', () =>
    expect(kinds({ taken: [span('09:00', '09:30'), span('09:30', '10:00')] })).toEqual([]))

  test('what has already begun leaves no hole worth a word', () =>
    expect(kinds({ taken: [span('09:00', '09:30')] }, {}, at('09:10'))).toEqual([]))
})

describe('elsewhere', () => {
  const openings = [{ ...span('09:00', '12:00'), lieuId: 8, placeName: 'MDS' }]
  test('receives at another lieu then', () =>
    expect(warningsOf(question, { ...nothing, openings }, NOW)).toEqual([
      { kind: 'elsewhere', agentId: 1, placeName: 'MDS' },
    ]))
  test('unnamed to whoever may not know where', () => {
    const unnamed = [{ ...span('09:00', '12:00'), lieuId: 8, placeName: null }]
    expect(warningsOf(question, { ...nothing, openings: unnamed }, NOW)).toEqual([
      { kind: 'elsewhere', agentId: 1, placeName: null },
    ])
  })
  test('an opening at no lieu, by phone or by video, is no other lieu', () => {
    const byPhone = { ...span('09:00', '12:00'), lieuId: null, placeName: null }
    expect(kinds({ openings: [byPhone] })).toEqual([])
    expect(kinds({ openings: [byPhone] }, { lieuId: 'one-off' })).toEqual([])
    expect(kinds({ openings: [byPhone, ...openings] })).toEqual(['elsewhere'])
  })
  test('of no matter for a call, nor in the past', () => {
    expect(kinds({ openings }, { lieuId: null })).toEqual([])
    expect(kinds({ openings }, {}, at('11:00'))).toEqual(['past'])
  })
})

test('absences, the same motif that day and absences not excused are told', () => {
  const facts = {
    away: [span('08:00', '18:00')],
    sameDay: [{ usagerId: 5, startAt: at('14:00') }],
    noShows: [
      { usagerId: 5, count: 2 },
      { usagerId: 6, count: 0 },
    ],
  }
  expect(kinds(facts)).toEqual(['absent', 'same-day', 'no-shows'])
  const warnings = warningsOf(question, { ...nothing, ...facts }, NOW)
  expect(areAllKnown(warnings, ['absent', 'same-day'])).toBe(false)
  expect(areAllKnown(warnings, ['absent', 'same-day', 'no-shows'])).toBe(true)
})
