import type { PLANNING_NEWS } from '@/db/schema/messaging'
import type { Author } from './agent-telling'

export type PlanningNews = (typeof PLANNING_NEWS)[number]

/**
 * One save of an agent's planning, whatever it made of their rows: `isNew` when it began an opening or an absence and
 * changed no other, `isGone` when it left none, `isClosing` when they are those of an organisation its agent left.
 */
export type PlanningFact = {
  readonly kind: 'opening' | 'absence'
  readonly agentId: number
  readonly author: Author
  readonly isNew: boolean
  readonly isGone: boolean
  readonly isClosing: boolean
}

export const planningNewsFor = ({ kind, isNew, isGone, isClosing }: PlanningFact): PlanningNews =>
  isClosing ? 'openings-closed' : `${kind}-${isGone ? 'deleted' : isNew ? 'created' : 'changed'}`

/** Of what others write alone: nobody needs a mail for what they wrote themselves a minute ago (docs/decisions/0026). */
export const isToldOfPlanning = (level: 'all' | 'none', { agentId, author }: PlanningFact): boolean =>
  level === 'all' && (author.kind !== 'agent' || author.agentId !== agentId)
