import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  agentNewsFor,
  before,
  concernedBy,
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
  ...{ isPlaced: true, isOn: true, startsAt: new Date(LATER), durationMin: 30, lieuId: 1 },
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

/** What makes each news, on an RDV that ends up as `is`. */
const EVENTS: Record<AgentNews, { is: Partial<AgentsRdv>; fact: (oldStart: string) => object }> = {
  placed: { is: {}, fact: () => ({ kind: 'placed' }) },
  moved: { is: {}, fact: (from) => ({ kind: 'moved', values: [{ field: 'startsAt', from, to: '' }] }) },
  cancelled: { is: { isOn: false }, fact: () => ({ kind: 'status', from: 'unknown' }) },
  added: { is: {}, fact: () => ({ kind: 'moved', values: [{ field: 'agentIds', from: [OTHER], to: [] }] }) },
  removed: {
    is: { agentIds: [OTHER] },
    fact: () => ({ kind: 'moved', values: [{ field: 'agentIds', from: [ME, OTHER], to: [] }] }),
  },
  people: { is: {}, fact: () => ({ kind: 'joined' }) },
}
const NEWS = Object.keys(EVENTS) as AgentNews[]

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

const CELLS = NEWS.flatMap((news) =>
  LEVELS.flatMap((level) =>
    (Object.keys(AUTHORS) as Who[]).flatMap((who) =>
      (Object.keys(STARTS) as When[]).map((when) => ({ news, level, who, when })),
    ),
  ),
)

describe('each event × level × author × start', () => {
  test.each(CELLS)('$news, level $level, by $who, $when', ({ news, level, who, when }) => {
    const [startsAt, isSoon] = STARTS[when]
    const rdv = { ...NEXT_WEEK, ...EVENTS[news].is, startsAt: new Date(startsAt) }
    const fact = { eventId: 1, author: AUTHORS[who], ...EVENTS[news].fact(LATER) } as RdvFact
    const isPast = when === 'earlier today'
    const same = news === 'moved' && when === 'next week'
    const told = !isPast && !same && expected(level, who, isSoon) ? news : null
    expect(newsOf(ME, level, rdv, [fact], NOW)).toBe(told)
  })

  test.each(['today', 'tomorrow'] as const)('moved away from %s, the old start is soon enough', (when) => {
    const fact = { eventId: 1, author: AUTHORS.colleague, ...EVENTS.moved.fact(STARTS[when][0]) } as RdvFact
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

  test('moved and moved back, joined and left, cancelled and on again: nothing', () => {
    const away = changed(AUTHORS.colleague, { field: 'startsAt', from: LATER, to: 'x' })
    const back = changed(AUTHORS.colleague, { field: 'startsAt', from: '2027-03-10T08:00:00.000Z', to: LATER })
    const of = (kind: 'joined' | 'left'): RdvFact => ({ eventId: 1, author: AUTHORS.usager, kind })
    const status = (from: 'unknown' | 'revoked'): RdvFact => ({
      ...{ eventId: 1, author: AUTHORS.colleague, kind: 'status', from },
    })
    for (const facts of [
      [away, back],
      [of('joined'), of('left')],
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

  test('seen or absent is no news', () => {
    const fact: RdvFact = { eventId: 1, author: AUTHORS.colleague, kind: 'status', from: 'noshow' }
    expect(newsOf(ME, 'all', NEXT_WEEK, [fact], NOW)).toBeNull()
  })

  test('of RDVs placed together the first alone is told, and each change of any', () => {
    const placed: RdvFact = { eventId: 1, author: AUTHORS.colleague, kind: 'placed' }
    expect(newsOf(ME, 'all', { ...NEXT_WEEK, isRepeat: true }, [placed], NOW)).toBeNull()
    const fact = { eventId: 2, author: AUTHORS.colleague, ...EVENTS.moved.fact('2027-03-10T08:00:00.000Z') } as RdvFact
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
  const step = fc.record({ durationMin: minutes, lieuId: fc.option(fc.nat(9)), agentIds: fc.uniqueArray(fc.nat(9)) })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      const [first] = steps
      const facts = steps.slice(1).map((to, index): RdvFact => {
        const from = steps[index] ?? to
        const values = (['durationMin', 'lieuId', 'agentIds'] as const).map((field) => ({
          ...{ field, from: from[field], to: to[field] },
        }))
        return { eventId: index, author: AUTHORS.system, kind: 'moved', values } as RdvFact
      })
      const rdv = { ...NEXT_WEEK, ...steps.at(-1) }
      expect(before(facts, rdv)).toEqual({ ...rdv, ...first })
      expect(agentNewsFor(ME, before([], rdv), rdv, NOW)).toBeNull()
    }),
  )
})
