import { addDays, instantMs, wallClock } from '@/server/scheduling/rules/civil'

/**
 * Whether the link of an RDV has had its day: it opens until the end of the day of the RDV, where it is held. Somebody who is
 * late, or has just left, still finds the address and the phone; afterwards a lost telephone tells nothing of it.
 */
export function isLinkOver({ endAt, zone }: { readonly endAt: Date; readonly zone: string }, now: Date): boolean {
  const { onDay } = wallClock(zone, endAt.getTime() - 1)
  return now.getTime() >= instantMs(zone, addDays(onDay, 1), 0)
}
