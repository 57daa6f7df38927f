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

const CELLS = PLANNING_NEWS.flatMap((news) =>
  (['all', 'none'] as const).flatMap((level) =>
    (Object.keys(AUTHORS) as Who[]).map((who) => ({
      ...{ news, level, who, told: level === 'all' && who !== 'me' ? 'is told' : 'is not told' },
    })),
  ),
)

describe('each save × level × author', () => {
  test.each(CELLS)('$news, level $level, by $who: the agent $told', ({ news, level, who, told }) => {
    const none = { isNew: false, isGone: false, isClosing: false }
    const fact: PlanningFact = { ...none, agentId: ME, author: AUTHORS[who], ...SAVES[news] }
    expect(planningNewsFor(fact)).toBe(news)
    expect(isToldOfPlanning(level, fact)).toBe(told === 'is told')
  })
})
