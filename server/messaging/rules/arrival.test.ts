import { describe, expect, test } from 'vitest'
import { isToldOfArrival, whyNotTellArrival, type ArrivalFact } from './arrival'
import type { Author } from './agent-telling'

const ME = 1
const AUTHORS = {
  me: { kind: 'agent', agentId: ME },
  colleague: { kind: 'agent', agentId: 2 },
  support: { kind: 'support' },
} as const satisfies Record<string, Author>

/** Whoever chose to hear of arrivals: at which levels, by whom it was noted. */
const TOLD = {
  all: ['me', 'colleague', 'support'],
  others: ['colleague', 'support'],
  soon: ['colleague', 'support'],
  none: [],
} as const
const CELLS = (Object.keys(TOLD) as (keyof typeof TOLD)[]).flatMap((level) =>
  (Object.keys(AUTHORS) as (keyof typeof AUTHORS)[]).map((who) => ({ level, who })),
)

describe('each level × author', () => {
  test.each(CELLS)('level $level, noted by $who', ({ level, who }) => {
    const told = (arrivalLevel: 'all' | 'none') =>
      isToldOfArrival({ agentId: ME, level, arrivalLevel }, { author: AUTHORS[who] })
    expect(told('all')).toBe(TOLD[level].some((one) => one === who))
    expect(told('none')).toBe(false)
  })
})

describe('judged again when it leaves', () => {
  const arrival: ArrivalFact = {
    ...{ arrivedAt: new Date('2027-03-02T08:50:00Z'), zone: 'Europe/Paris', isStill: true },
    ...{ statuses: ['unknown', 'unknown'], author: AUTHORS.colleague },
  }
  const atNight = new Date('2027-03-02T22:59:00Z')

  test('it is told all day, whether or not the RDV has begun, and not the day after', () => {
    expect(whyNotTellArrival(arrival, arrival.arrivedAt)).toBeNull()
    expect(whyNotTellArrival(arrival, atNight)).toBeNull()
    expect(whyNotTellArrival(arrival, new Date('2027-03-02T23:00:00Z'))).toBe('too-late')
    expect(whyNotTellArrival({ ...arrival, zone: 'Indian/Reunion' }, atNight)).toBe('too-late')
  })

  test.each(['seen', 'excused', 'revoked', 'noshow'] as const)(
    'not once the RDV, or their part in it, is %s',
    (status) => {
      expect(whyNotTellArrival({ ...arrival, statuses: [status, 'unknown'] }, arrival.arrivedAt)).toBe('obsolete')
      expect(whyNotTellArrival({ ...arrival, statuses: ['unknown', status] }, arrival.arrivedAt)).toBe('obsolete')
    },
  )

  test('not once it was taken back', () =>
    expect(whyNotTellArrival({ ...arrival, isStill: false }, arrival.arrivedAt)).toBe('obsolete'))
})
