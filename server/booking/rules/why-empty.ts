import { whyNoSlots, type NoSlotReason as EngineReason } from '@/server/scheduling/rules/why-no-slots'
import { agendasOf, questionOf, type GroupSearch } from './availability'
import { NO_SLOT_REASONS, type NoSlotReason } from './tunnel'

/** What a person is told, from what the engine knows. */
const TOLD = {
  'no-opening': 'no-opening',
  'none-in-window': 'no-opening',
  'other-sector': 'no-opening',
  'other-agents': 'no-opening',
  'other-lieu': 'no-opening',
  'too-short': 'no-opening',
  holiday: 'holiday',
  past: 'closed-by-delay',
  'outside-window': 'closed-by-delay',
  'too-soon': 'closed-by-delay',
  'too-late': 'closed-by-delay',
  absent: 'absent',
  full: 'full',
} as const satisfies Record<EngineReason, NoSlotReason>

/** Why there is nothing to choose in [fromMs, toMs), with how many openings each reason closed. */
export function whyEmpty(group: GroupSearch, fromMs: number, toMs: number): { reason: NoSlotReason; count: number }[] {
  const counts = new Map<NoSlotReason, number>()
  if (fromMs < toMs) {
    for (const motif of group.motifs) {
      const why = whyNoSlots(agendasOf(group, motif), questionOf(group, motif, fromMs, toMs))
      if (!why.ok) throw new Error(`slot search refused: ${why.reason}`)
      for (const { reason, count } of why.value.reasons) {
        counts.set(TOLD[reason], (counts.get(TOLD[reason]) ?? 0) + count)
      }
    }
  }
  if (counts.size === 0) counts.set('no-opening', 0)
  return NO_SLOT_REASONS.flatMap((reason) => {
    const count = counts.get(reason)
    return count === undefined ? [] : [{ reason, count }]
  })
}
