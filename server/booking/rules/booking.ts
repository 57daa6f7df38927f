import { MINUTE_MS } from '@/server/scheduling/rules/civil'
import { candidatesAt, type Candidate, type GroupSearch } from './availability'
import { isCancelled, type Status } from './status'
import type { BookRefusal, CancelRefusal } from './tunnel'

/**
 * The judge of an online booking, the same for the page, the confirmation and the lock: the start must come out of the
 * slot engine on the agendas as they now are. Null when somebody can receive then.
 */
export function whyNotBook(
  group: GroupSearch,
  startMs: number,
): Extract<BookRefusal, 'slot-taken' | 'slot-past' | 'motif-closed'> | null {
  if (group.motifs.length === 0) return 'motif-closed'
  const earliestMs = group.nowMs + Math.min(...group.motifs.map((motif) => motif.minLeadMin)) * MINUTE_MS
  if (startMs < earliestMs) return 'slot-past'
  return candidatesAt(group, startMs).length > 0 ? null : 'slot-taken'
}

/** Minutes of [fromMs, toMs) this agent is already taken; overlapping times count once each. */
export function bookedMin(group: GroupSearch, agentId: number, fromMs: number, toMs: number): number {
  const busy = group.busy.find((one) => one.agentId === agentId)?.busyMin
  if (!busy) return 0
  const [fromMin, toMin] = [fromMs / MINUTE_MS, toMs / MINUTE_MS]
  let sum = 0
  for (let i = 0; i + 1 < busy.length; i += 2) {
    sum += Math.max(0, Math.min(busy[i + 1] ?? 0, toMin) - Math.max(busy[i] ?? 0, fromMin))
  }
  return sum
}

/** Fewest booked minutes that day first, ties by id; one agent once, under their lowest motif. Fair and repeatable (domain §2.7). */
export function rankCandidates(
  group: GroupSearch,
  candidates: readonly Candidate[],
  dayFromMs: number,
  dayToMs: number,
): Candidate[] {
  const loads = new Map(candidates.map(({ agentId }) => [agentId, bookedMin(group, agentId, dayFromMs, dayToMs)]))
  const ranked = [...candidates].sort(
    (a, b) =>
      (loads.get(a.agentId) ?? 0) - (loads.get(b.agentId) ?? 0) || a.agentId - b.agentId || a.motifId - b.motifId,
  )
  return ranked.filter((candidate, i) => ranked.findIndex(({ agentId }) => agentId === candidate.agentId) === i)
}

export type CancellableRdv = {
  readonly status: Status
  readonly participationStatus: Status
  readonly startsAt: Date
  readonly usagerMayCancel: boolean
  readonly isVisible: boolean
}

/** A person's own cancellation: strictly more than the territory's notice (4 h) before the start (domain §3.2). */
export function whyNotCancel(rdv: CancellableRdv, cancelNoticeMin: number, now: Date): CancelRefusal | null {
  if (isCancelled(rdv.status) || isCancelled(rdv.participationStatus)) return 'already-cancelled'
  if (!rdv.usagerMayCancel || !rdv.isVisible || rdv.status !== 'unknown') return 'not-cancellable'
  const minutesLeft = (rdv.startsAt.getTime() - now.getTime()) / MINUTE_MS
  return minutesLeft > cancelNoticeMin ? null : 'too-late'
}
