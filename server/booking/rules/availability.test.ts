import { describe, expect, test } from 'vitest'
import { instantMs } from '@/server/scheduling/rules/civil'
import { makeBusy, makeOpening, MONDAY, ms, PARIS } from '@/server/scheduling/rules/make.test-model'
import { candidatesAt, firstStart, horizonMs, startsOf, type GroupSearch } from './availability'
import { rankCandidates, whyNotBook } from './booking'

const at = (minute: number) => instantMs('Europe/Paris', '2027-03-02', minute)
const NINE = 540
const motif = { id: 1, durationMin: 30, minLeadMin: 30, maxLeadMin: 10_000 }

/** One agent who receives from 9:00 to 12:00, seen at this minute of the day. */
const group = (nowMin: number, busyMin: readonly number[] = []): GroupSearch => ({
  motifs: [motif],
  openingsByMotif: new Map([
    [
      1,
      [
        {
          id: 1,
          agentId: 7,
          lieuId: 1,
          firstDay: '2027-03-02',
          startMin: NINE,
          endMin: 720,
          rrule: null,
          lastDay: '2027-03-02',
          onHolidays: false,
          exceptions: [],
        },
      ],
    ],
  ]),
  absences: [],
  busy: busyMin.length > 0 ? [{ agentId: 7, busyMin: busyMin.map((minute) => at(minute) / 60_000) }] : [],
  zone: 'Europe/Paris',
  department: '62',
  lieuId: 1,
  nowMs: at(nowMin),
})
const startsAt = (nowMin: number) =>
  startsOf(group(nowMin), at(nowMin), at(720)).map(({ startMs }) => (startMs - at(0)) / 60_000)
const isBookable = (minute: number, nowMin: number, busyMin: readonly number[] = []) =>
  candidatesAt(group(nowMin, busyMin), at(minute)).length > 0

describe('a start of a half-day already begun', () => {
  test('moves on every five minutes on the page', () => {
    expect(startsAt(541)[0]).toBe(575)
    expect(startsAt(546)[0]).toBe(580)
  })

  test('stays bookable for an hour after it was shown, while the notice allows', () => {
    for (const minute of startsAt(541)) {
      for (let nowMin = 541; nowMin <= Math.min(600, minute - motif.minLeadMin); nowMin++) {
        expect([minute, nowMin, isBookable(minute, nowMin)]).toEqual([minute, nowMin, true])
      }
    }
  })

  test('is refused once its notice is over', () => expect(isBookable(575, 546)).toBe(false))

  test('is refused when it was never shown', () => {
    expect(isBookable(607, 546)).toBe(false)
    expect(isBookable(705, 546)).toBe(false)
  })

  test('is refused when somebody else has it now', () => expect(isBookable(605, 546, [605, 635])).toBe(false))

  test('leaves another day its one grid', () => {
    const dayBefore = { ...group(0), nowMs: at(0) - 86_400_000 }
    expect(candidatesAt(dayBefore, at(545))).toEqual([])
    expect(candidatesAt(dayBefore, at(570))).toHaveLength(1)
  })
})

describe('the first start', () => {
  const DAY_MS = 86_400_000
  const [nine, horizon] = [at(NINE), at(NINE) + 100 * DAY_MS]
  /** Two motifs over the same opening, seen so long before its first start. */
  const before = (ms: number): GroupSearch => {
    const one = group(0)
    const openings = one.openingsByMotif.get(1) ?? []
    const motifs = [1, 2].map((id) => ({ ...motif, id, maxLeadMin: 200_000 }))
    return { ...one, nowMs: nine - ms, motifs, openingsByMotif: new Map(motifs.map(({ id }) => [id, openings])) }
  }

  test.each([13 * DAY_MS, 14 * DAY_MS - 1, 14 * DAY_MS, 14 * DAY_MS + 1, 60 * DAY_MS])(
    'is found %i ms away, near or far',
    (awayMs) => expect(firstStart(before(awayMs), nine - awayMs, horizon)).toBe(nine),
  )

  test('may be the very first instant looked at, under several motifs', () =>
    expect(firstStart(before(DAY_MS), nine, horizon)).toBe(nine))

  test('is none where the window ends before it', () => {
    expect(firstStart(before(20 * DAY_MS), nine - 20 * DAY_MS, nine)).toBeNull()
    expect(firstStart(before(DAY_MS), nine, nine)).toBeNull()
  })
})

describe('why a start is refused', () => {
  const dayBefore = (busyMin: readonly number[] = []) => ({ ...group(0, busyMin), nowMs: at(0) - 86_400_000 })
  test.each<[string, number, readonly number[], string | null]>([
    ['free', 570, [], null],
    ['taken', 570, [570, 600], 'slot-taken'],
    ['taken on a grid that an earlier RDV had moved', 590, [NINE, 560, 590, 620], 'slot-taken'],
    ['half taken', 570, [590, 620], 'slot-taken'],
    ['off the grid', 545, [], 'not-offered'],
    ['out of the opening', 480, [], 'not-offered'],
    ['too short of the end', 705, [], 'not-offered'],
  ])('%s', (_case, minute, busyMin, why) => expect(whyNotBook(dayBefore(busyMin), at(minute))).toBe(why))
})

describe('motifs of one name that last differently', () => {
  const [LONG, SHORT] = [45, 15]
  /** Agent 1 receives all morning for the long motif; agent 2, until 10:00 and already busier, for the short one. */
  const merged = ([longId, shortId]: readonly [number, number], shortAgentId = 2): GroupSearch => ({
    motifs: [
      { ...motif, id: longId, durationMin: LONG },
      { ...motif, id: shortId, durationMin: SHORT },
    ].sort((a, b) => a.id - b.id),
    openingsByMotif: new Map([
      [longId, [makeOpening()]],
      [shortId, [makeOpening({ id: 2, agentId: shortAgentId, endMin: 600 })]],
    ]),
    absences: [],
    busy: [makeBusy(MONDAY, [['14:00', '17:00']], 2)],
    zone: PARIS,
    department: '62',
    lieuId: 1,
    nowMs: ms('2027-02-28', '8:00'),
  })
  const shownIn = (search: GroupSearch) => startsOf(search, ms(MONDAY, '0:00'), ms(MONDAY, '24:00'))
  const ORDERS = [
    [1, 2],
    [2, 1],
  ] as const

  test.each(ORDERS)('show the shortest at a start they share, whatever their order (%i, %i)', (...ids) => {
    const minutes = shownIn(merged(ids)).map(({ startMs, durationMin }) => [
      (startMs - ms(MONDAY, '0:00')) / 60_000,
      durationMin,
    ])
    expect(minutes).toEqual([
      [NINE, SHORT],
      [555, SHORT],
      [570, SHORT],
      [585, SHORT],
      [630, LONG],
      [675, LONG],
    ])
  })

  test.each(ORDERS)('are booked as they were shown, even by an agent with more to do (%i, %i)', (...ids) => {
    for (const shortAgentId of [2, 1]) {
      const search = merged(ids, shortAgentId)
      for (const { startMs, durationMin } of shownIn(search)) {
        const [motifId, agentId] = durationMin === SHORT ? [ids[1], shortAgentId] : [ids[0], 1]
        const endMs = startMs + durationMin * 60_000
        expect(rankCandidates(search, startMs)).toEqual([expect.objectContaining({ startMs, endMs, motifId, agentId })])
      }
    }
  })
})

describe('the horizon', () => {
  /** One opening of half an hour at 9:00 on Monday, seen from two days before. */
  const seen = (pastMs: number, maxLeadMins: readonly number[]): GroupSearch => {
    const motifs = maxLeadMins.map((maxLeadMin, i) => ({ ...motif, id: i + 1, maxLeadMin }))
    return {
      ...group(0),
      motifs,
      openingsByMotif: new Map(motifs.map(({ id }) => [id, [makeOpening({ endMin: 570 })]])),
      nowMs: ms(MONDAY, '9:00') - 2 * 1440 * 60_000 + pastMs,
    }
  }
  test.each([
    ['the last minute of the delay', 0, [2880], true],
    ['a minute beyond', 0, [2879], false],
    ['the last minute, begun', 59_999, [2880], true],
    ['the minute beyond, begun', 59_999, [2879], false],
    ['the longest delay of several motifs', 0, [60, 2880, 120], true],
  ] as const)('%s', (_case, pastMs, maxLeadMins, isWithin) => {
    const search = seen(pastMs, maxLeadMins)
    const [nine, endMs] = [ms(MONDAY, '9:00'), horizonMs(search.motifs, search.nowMs)]
    expect(startsOf(search, search.nowMs, endMs).map(({ startMs }) => startMs)).toEqual(isWithin ? [nine] : [])
    expect(firstStart(search, search.nowMs, endMs)).toBe(isWithin ? nine : null)
    expect(whyNotBook(search, nine)).toBe(isWithin ? null : 'not-offered')
  })

  test('holds now, and nothing after, without any motif', () => expect(horizonMs([], at(0))).toBe(at(1)))
})
