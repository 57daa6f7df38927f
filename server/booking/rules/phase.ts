import { wallClock } from '@/server/scheduling/rules/civil'
import type { Phase } from './status'

/** Where a start stands against today, by civil days of the territory's zone. */
export function phaseOf(startsAt: Date, zone: string, now: Date): Phase {
  const day = wallClock(zone, startsAt.getTime()).onDay
  const today = wallClock(zone, now.getTime()).onDay
  if (day === today) return 'today'
  return day > today ? 'future' : 'past'
}
