import { describe, expect, test } from 'vitest'
import { PLANNING_NEWS } from '@/db/schema/messaging'
import type { Author } from './agent-telling'
import { isToldOfPlanning, planningNewsFor, type PlanningFact } from './planning'

const ME = 1
const AUTHORS = {
  me: { kind: 'agent', agentId: ME },
  colleague: { kind: 'agent', agentId: 2 },
  support: { kind: 'support' },
} as const satisfies Record<string, Author>
type Who = keyof typeof AUTHORS

const SAVES = {
  'opening-created': { kind: 'opening', isNew: true },
  'opening-changed': { kind: 'opening' },
  'opening-deleted': { kind: 'opening', isGone: true },
  'absence-created': { kind: 'absence', isNew: true },
  'absence-changed': { kind: 'absence' },
  'absence-deleted': { kind: 'absence', isGone: true },
  'openings-closed': { kind: 'opening', isGone: true, isClosing: true },
} as const satisfies Record<(typeof PLANNING_NEWS)[number], Partial<PlanningFact>>

/** When what was written is first to be, and whether that is of the last minute. */
const WHENS = {
  'earlier alone': [null, false],
  today: [0, true],
  tomorrow: [1, true],
  'the day after tomorrow': [2, false],
  'in a year': [365, false],
} as const
type When = keyof typeof WHENS
const LEVELS = ['all', 'others', 'soon', 'none'] as const
type Level = (typeof LEVELS)[number]

/** As domain §5.3 says it, by what silences. */
function expected(level: Level, who: Who, when: When): boolean {
  if (level === 'none') return false
  if (level !== 'all' && who === 'me') return false
  return level !== 'soon' || WHENS[when][1]
}

const CELLS = PLANNING_NEWS.flatMap((news) =>
  LEVELS.flatMap((level) =>
    (Object.keys(AUTHORS) as Who[]).flatMap((who) =>
      (Object.keys(WHENS) as When[]).map((when) => ({
        ...{ news, level, who, when, told: expected(level, who, when) ? 'is told' : 'is not told' },
      })),
    ),
  ),
)

describe('each save × level × author × day', () => {
  test.each(CELLS)('$news of $when, level $level, by $who: the agent $told', ({ news, level, who, when, told }) => {
    const none = { isNew: false, isGone: false, isClosing: false }
    const [nextInDays] = WHENS[when]
    const fact: PlanningFact = { ...none, agentId: ME, author: AUTHORS[who], nextInDays, ...SAVES[news] }
    expect(planningNewsFor(fact)).toBe(news)
    // The level of the other kind counts for nothing.
    const other: Level = level === 'none' ? 'all' : 'none'
    const levels =
      fact.kind === 'opening'
        ? { openingLevel: level, absenceLevel: other }
        : { openingLevel: other, absenceLevel: level }
    expect(isToldOfPlanning(levels, fact)).toBe(told === 'is told')
  })
})
