import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RDV_AGENT_NEWS } from '@/db/schema/messaging'
import {
  agentNewsFor,
  before,
  concernedBy,
  isOnlyRenamed,
  isTold,
  newsOf,
  type AgentNews,
  type AgentsRdv,
  type Author,
  type RdvFact,
} from './agent-telling'

const ME = 1
const [COLLEAGUE, OTHER] = [2, 3]
const PARIS = 'Europe/Paris'
/** Six in the morning in Paris. */
const NOW = new Date('2027-03-01T05:00:00Z')
const LATER = '2027-03-09T08:00:00.000Z'
const NEXT_WEEK: AgentsRdv & { zone: string; isRepeat: boolean } = {
  ...{ isPlaced: true, isOn: true, startsAt: new Date(LATER), durationMin: 30, lieuId: 1, title: 'Atelier budget' },
  ...{ agentIds: [ME, OTHER], peopleCount: 0, zone: PARIS, isRepeat: false },
}

const LEVELS = ['all', 'others', 'soon', 'none'] as const
const AUTHORS = {
  me: { kind: 'agent', agentId: ME },
  colleague: { kind: 'agent', agentId: COLLEAGUE },
  usager: { kind: 'usager' },
  support: { kind: 'support' },
  system: { kind: 'system' },
} as const satisfies Record<string, Author>
type Who = keyof typeof AUTHORS

type Case = { news: AgentNews | null; is?: Partial<typeof NEXT_WEEK>; fact: (oldStart: string) => object }
const moved = (field: string, from: unknown) => () => ({ kind: 'moved', values: [{ field, from, to: null }] })

/** What happens to an RDV that ends up as `is`, and what it is to whoever is told of it. */
const CASES = {
  placed: { news: 'placed', fact: () => ({ kind: 'placed' }) },
  'on again': { news: 'placed', fact: () => ({ kind: 'status', from: 'excused' }) },
  'the first of a series': { news: 'placed', fact: () => ({ kind: 'placed' }) },
  'another of a series': { news: null, is: { isRepeat: true }, fact: () => ({ kind: 'placed' }) },
  moved: { news: 'moved', fact: (from) => ({ kind: 'moved', values: [{ field: 'startsAt', from, to: '' }] }) },
  'another of a series, moved': { news: 'moved', is: { isRepeat: true }, fact: moved('lieuId', 2) },
  longer: { news: 'moved', fact: moved('durationMin', 20) },
  'at another lieu': { news: 'moved', fact: moved('lieuId', 2) },
  'called otherwise': { news: 'moved', fact: () => ({ kind: 'titled', from: 'Atelier' }) },
  'named for the first time': { news: 'moved', fact: () => ({ kind: 'titled', from: null }) },
  'with a colleague more': { news: 'moved', fact: moved('agentIds', [ME]) },
  'with a colleague less': { news: 'moved', is: { agentIds: [ME] }, fact: moved('agentIds', [ME, OTHER]) },
  cancelled: { news: 'cancelled', is: { isOn: false }, fact: () => ({ kind: 'status', from: 'unknown' }) },
  'put on it': { news: 'added', fact: moved('agentIds', [OTHER]) },
  'taken off it': { news: 'removed', is: { agentIds: [OTHER] }, fact: moved('agentIds', [ME, OTHER]) },
  'somebody joins': { news: 'people', fact: () => ({ kind: 'joined' }) },
  'somebody leaves': { news: 'people', fact: () => ({ kind: 'left' }) },
  'seen, then put right': { news: null, fact: () => ({ kind: 'status', from: 'seen' }) },
} as const satisfies Record<string, Case>
const HAPPENINGS = Object.keys(CASES) as (keyof typeof CASES)[]

/** Starts, and whether they are of the kind that somebody who wants the last minute alone is told of. */
const STARTS = {
  'earlier today': ['2027-03-01T04:00:00.000Z', true],
  today: ['2027-03-01T22:30:00.000Z', true],
  tomorrow: ['2027-03-02T22:30:00.000Z', true],
  'the day after tomorrow': ['2027-03-02T23:00:00.000Z', false],
  'next week': [LATER, false],
} as const
type When = keyof typeof STARTS

/** The table as domain §5.3 says it, written another way than the rule: by what silences. */
function expected(level: (typeof LEVELS)[number], who: Who, isSoon: boolean): boolean {
  if (level === 'none') return false
  if (level !== 'all' && who === 'me') return false
  return level !== 'soon' || isSoon
}

const CELLS = HAPPENINGS.flatMap((what) =>
  LEVELS.flatMap((level) =>
    (Object.keys(AUTHORS) as Who[]).flatMap((who) =>
      (Object.keys(STARTS) as When[]).map((when) => ({ what, level, who, when })),
    ),
  ),
)

describe('each event × level × author × start', () => {
  test.each(CELLS)('$what, level $level, by $who, $when', ({ what, level, who, when }) => {
    const { news, is, fact }: Case = CASES[what]
    const [startsAt, isSoon] = STARTS[when]
    const rdv = { ...NEXT_WEEK, ...is, startsAt: new Date(startsAt) }
    const one = { eventId: 1, author: AUTHORS[who], ...fact(LATER) } as RdvFact
    const isPast = when === 'earlier today'
    const isSame = what === 'moved' && when === 'next week'
    expect(newsOf(ME, level, rdv, [one], NOW)).toBe(!isPast && !isSame && expected(level, who, isSoon) ? news : null)
  })

  test('every news there is stands in a cell', () =>
    expect(new Set(HAPPENINGS.flatMap((what) => CASES[what].news ?? []))).toEqual(new Set(RDV_AGENT_NEWS)))

  test.each(['today', 'tomorrow'] as const)('moved away from %s, the old start is soon enough', (when) => {
    const fact = { eventId: 1, author: AUTHORS.colleague, ...CASES.moved.fact(STARTS[when][0]) } as RdvFact
    expect(newsOf(ME, 'soon', NEXT_WEEK, [fact], NOW)).toBe('moved')
  })

  test('tomorrow is the RDV’s own: in La Réunion it begins three hours earlier', () => {
    const rdv = { ...NEXT_WEEK, startsAt: new Date('2027-03-02T21:00:00Z') }
    const fact = { eventId: 1, author: AUTHORS.colleague, kind: 'placed' } as const
    expect(newsOf(ME, 'soon', rdv, [fact], NOW)).toBe('placed')
    expect(newsOf(ME, 'soon', { ...rdv, zone: 'Indian/Reunion' }, [fact], NOW)).toBeNull()
  })
})

const changed = (author: Author, ...values: (RdvFact & { kind: 'moved' })['values'][number][]): RdvFact => ({
  ...{ eventId: 1, author, kind: 'moved', values },
})

describe('what is news', () => {
  test('a longer RDV, another lieu, another colleague: whoever stays is told of a change', () => {
    const lieu = changed(AUTHORS.colleague, { field: 'lieuId', from: 2, to: 1 })
    const duration = changed(AUTHORS.colleague, { field: 'durationMin', from: 60, to: 30 })
    const agents = changed(AUTHORS.colleague, { field: 'agentIds', from: [ME], to: [ME, OTHER] })
    for (const fact of [lieu, duration, agents]) expect(newsOf(ME, 'others', NEXT_WEEK, [fact], NOW)).toBe('moved')
    expect(newsOf(OTHER, 'others', NEXT_WEEK, [agents], NOW)).toBe('added')
  })

  test('moved and moved back, joined and left, renamed and named back, cancelled and on again: nothing', () => {
    const away = changed(AUTHORS.colleague, { field: 'startsAt', from: LATER, to: 'x' })
    const back = changed(AUTHORS.colleague, { field: 'startsAt', from: '2027-03-10T08:00:00.000Z', to: LATER })
    const titled = (from: string): RdvFact => ({ eventId: 1, author: AUTHORS.colleague, kind: 'titled', from })
    const of = (kind: 'joined' | 'left'): RdvFact => ({ eventId: 1, author: AUTHORS.usager, kind })
    const status = (from: 'unknown' | 'revoked'): RdvFact => ({
      ...{ eventId: 1, author: AUTHORS.colleague, kind: 'status', from },
    })
    for (const facts of [
      [away, back],
      [of('joined'), of('left')],
      [titled('Atelier budget'), titled('Atelier')],
      [status('unknown'), status('revoked')],
    ]) {
      expect(newsOf(ME, 'all', NEXT_WEEK, facts, NOW)).toBeNull()
    }
  })

  test('placed then cancelled before anybody knew: nothing; cancelled then on again later: placed', () => {
    const facts: RdvFact[] = [
      { eventId: 1, author: AUTHORS.usager, kind: 'placed' },
      { eventId: 2, author: AUTHORS.usager, kind: 'status', from: 'unknown' },
    ]
    expect(newsOf(ME, 'all', { ...NEXT_WEEK, isOn: false }, facts, NOW)).toBeNull()
    const again: RdvFact = { eventId: 3, author: AUTHORS.colleague, kind: 'status', from: 'revoked' }
    expect(newsOf(ME, 'all', NEXT_WEEK, [again], NOW)).toBe('placed')
  })

  test('called otherwise alone is told apart from called otherwise and moved', () => {
    const was = { ...NEXT_WEEK, title: null }
    expect(isOnlyRenamed(was, NEXT_WEEK)).toBe(true)
    expect(isOnlyRenamed({ ...was, lieuId: 2 }, NEXT_WEEK)).toBe(false)
    expect(isOnlyRenamed({ ...NEXT_WEEK, lieuId: 2 }, NEXT_WEEK)).toBe(false)
  })

  test('seen or absent is no news', () => {
    const fact: RdvFact = { eventId: 1, author: AUTHORS.colleague, kind: 'status', from: 'noshow' }
    expect(newsOf(ME, 'all', NEXT_WEEK, [fact], NOW)).toBeNull()
  })

  test('of RDVs placed together the first alone is told, and each change of any', () => {
    const placed: RdvFact = { eventId: 1, author: AUTHORS.colleague, kind: 'placed' }
    expect(newsOf(ME, 'all', { ...NEXT_WEEK, isRepeat: true }, [placed], NOW)).toBeNull()
    const fact = { eventId: 2, author: AUTHORS.colleague, ...CASES.moved.fact('2027-03-10T08:00:00.000Z') } as RdvFact
    expect(newsOf(ME, 'all', { ...NEXT_WEEK, isRepeat: true }, [fact], NOW)).toBe('moved')
  })

  test('taken off and put on somebody else within one change, each is concerned', () => {
    const facts = [
      changed(AUTHORS.colleague, { field: 'agentIds', from: [ME], to: [COLLEAGUE] }),
      changed(AUTHORS.colleague, { field: 'agentIds', from: [COLLEAGUE], to: [OTHER] }),
    ]
    const rdv = { ...NEXT_WEEK, agentIds: [OTHER] }
    expect(concernedBy(facts, rdv).sort()).toEqual([ME, COLLEAGUE, OTHER])
    expect(newsOf(ME, 'others', rdv, facts, NOW)).toBe('removed')
    expect(newsOf(OTHER, 'others', rdv, facts, NOW)).toBe('added')
    expect(newsOf(COLLEAGUE, 'all', rdv, facts, NOW)).toBeNull()
  })
})

test('one’s own change with somebody else’s is news; one’s own alone is not', () => {
  const authors = fc.array(fc.constantFrom(...Object.values(AUTHORS)), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(authors, fc.boolean(), (by, isSoon) => {
      const isByOthers = by.some((author) => author !== AUTHORS.me)
      expect(isTold('others', ME, by, { isSoon })).toBe(isByOthers)
      expect(isTold('soon', ME, by, { isSoon })).toBe(isByOthers && isSoon)
      expect([isTold('all', ME, by, { isSoon }), isTold('none', ME, by, { isSoon })]).toEqual([true, false])
    }),
  )
})

test('what facts made of an RDV, undone, is the RDV before them', () => {
  const minutes = fc.integer({ min: 5, max: 600 })
  const step = fc.record({
    ...{ durationMin: minutes, lieuId: fc.option(fc.nat(9)), agentIds: fc.uniqueArray(fc.nat(9)) },
    title: fc.option(fc.string()),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const [first] = steps
      const facts = steps.slice(1).flatMap((to, index): RdvFact[] => {
        const from = steps[index] ?? to
        const values = (['durationMin', 'lieuId', 'agentIds'] as const).map((field) => ({
          ...{ field, from: from[field], to: to[field] },
        }))
        const by = { eventId: index, author: AUTHORS.system }
        return [{ ...by, kind: 'moved', values } as RdvFact, { ...by, kind: 'titled', from: from.title }]
      })
      const rdv = { ...NEXT_WEEK, ...steps.at(-1) }
      expect(before(facts, rdv)).toEqual({ ...rdv, ...first })
      expect(agentNewsFor(ME, before([], rdv), rdv, NOW)).toBeNull()
    }),
  )
})
