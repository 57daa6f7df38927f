import type { PLANNING_NEWS } from '@/db/schema/messaging'
import type { NotificationLevel } from '@/server/access/rules/preferences'
import { isTold, type Author } from './agent-telling'

export type PlanningNews = (typeof PLANNING_NEWS)[number]

/**
 * One save of an agent's planning, whatever it made of their rows: `isNew` when it began an opening or an absence and
 * changed no other, `isGone` when it left none, `isClosing` when they are those of an organisation its agent left.
 */
export type PlanningFact = {
  readonly kind: 'opening' | 'absence'
  readonly agentId: number
  readonly author: Author
  /** In how many days from that of the save, there, what it touches first takes place; null when it is past. */
  readonly nextInDays: number | null
  readonly isNew: boolean
  readonly isGone: boolean
  readonly isClosing: boolean
}

export const planningNewsFor = ({ kind, isNew, isGone, isClosing }: PlanningFact): PlanningNews =>
  isClosing ? 'openings-closed' : `${kind}-${isGone ? 'deleted' : isNew ? 'created' : 'changed'}`

/** Today's and tomorrow's, of the day it was written: what repeats, by the first of the dates that changed. */
const SOON_DAYS = 1

/** As their level of openings, or of absences, says: the same four as of RDVs (docs/decisions/0026). */
export const isToldOfPlanning = (
  levels: { readonly openingLevel: NotificationLevel; readonly absenceLevel: NotificationLevel },
  { kind, agentId, author, nextInDays }: PlanningFact,
): boolean =>
  isTold(kind === 'opening' ? levels.openingLevel : levels.absenceLevel, agentId, [author], {
    isSoon: nextInDays !== null && nextInDays <= SOON_DAYS,
  })
