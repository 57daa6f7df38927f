import type { NoSlotReason } from './tunnel'
import type { GroupSearch } from './availability'

/** Why there is nothing between two instants, most telling reason first. */
export function whyEmpty(
  group: GroupSearch,
  _fromMs: number,
  _toMs: number,
): { reason: NoSlotReason; count: number }[] {
  const openings = [...group.openingsByMotif.values()].flat()
  return [{ reason: openings.length === 0 ? 'no-opening' : 'full', count: openings.length }]
}
