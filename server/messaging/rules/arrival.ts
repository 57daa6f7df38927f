import type { NotificationLevel } from '@/server/access/rules/preferences'
import { dayOf } from '@/server/kernel/dates'
import type { Status } from '@/server/booking/rules/status'
import { isTold, type Author } from './agent-telling'
import type { Failure } from './sending'

/** Somebody who came into the waiting room. `isStill`: nobody has said since that they did not. */
export type ArrivalFact = {
  readonly arrivedAt: Date
  readonly zone: string
  readonly isStill: boolean
  /** Of the RDV, and of their part in it. */
  readonly statuses: readonly Status[]
  readonly author: Author
}

/**
 * Why an arrival is no longer to be told of: it was taken back, somebody said how the RDV went, or the day is over. That
 * the RDV has begun is no reason: who is late is awaited all the more.
 */
export function whyNotTellArrival({ arrivedAt, zone, isStill, statuses }: ArrivalFact, now: Date): Failure | null {
  if (!isStill || statuses.some((status) => status !== 'unknown')) return 'obsolete'
  return dayOf(arrivedAt, zone) === dayOf(now, zone) ? null : 'too-late'
}

/**
 * Whether an agent of the RDV is told of it: if they asked to be, and as they chose to be told of their RDVs. It is always
 * of today.
 */
export const isToldOfArrival = (
  agent: { readonly agentId: number; readonly level: NotificationLevel; readonly arrivalLevel: 'all' | 'none' },
  { author }: Pick<ArrivalFact, 'author'>,
): boolean => agent.arrivalLevel === 'all' && isTold(agent.level, agent.agentId, [author], { isSoon: true })
