import type { Digest } from '@/server/access/rules/preferences'
import { addDays, type CivilDay } from '@/server/scheduling/rules/civil'

/** From when on a digest leaves, in minutes of the agent's day; and until when it is still of use. */
const HOURS = {
  morning: { fromMin: 7 * 60, untilMin: 12 * 60, aheadDays: 0 },
  evening: { fromMin: 18 * 60, untilMin: 24 * 60, aheadDays: 1 },
} as const satisfies Record<Exclude<Digest, 'none'>, { fromMin: number; untilMin: number; aheadDays: number }>

/** The day an agent is to be told of at this moment of their clock, as they chose; null when it is none. */
export function digestDay(
  choice: Digest,
  { onDay, minuteOfDay }: { onDay: CivilDay; minuteOfDay: number },
): CivilDay | null {
  if (choice === 'none') return null
  const { fromMin, untilMin, aheadDays } = HOURS[choice]
  return minuteOfDay >= fromMin && minuteOfDay < untilMin ? addDays(onDay, aheadDays) : null
}
