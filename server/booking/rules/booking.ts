import { MINUTE_MS } from '@/server/scheduling/rules/civil'
import { rankAgents } from '@/server/scheduling/rules/choose-agent'
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
): Extract<BookRefusal, 'slot-taken' | 'slot-past' | 'not-offered' | 'motif-closed'> | null {
  if (group.motifs.length === 0) return 'motif-closed'
  const earliestMs = group.nowMs + Math.min(...group.motifs.map((motif) => motif.minLeadMin)) * MINUTE_MS
  if (startMs < earliestMs) return 'slot-past'
  if (candidatesAt(group, startMs).length > 0) return null
  return isTaken(group, startMs) ? 'slot-taken' : 'not-offered'
}

/**
 * Whether RDVs alone stand in the way of a start, rather than the grid, the openings, an absence or a delay. Asked minute
 * by minute: the grid itself moves with what is booked.
 */
function isTaken(group: GroupSearch, startMs: number): boolean {
  const byMinute = { ...group, motifs: group.motifs.map((motif) => ({ ...motif, durationMin: 1 })) }
  const lastMs = startMs + (Math.min(...group.motifs.map((motif) => motif.durationMin)) - 1) * MINUTE_MS
  const isOpen = (search: GroupSearch) => [startMs, lastMs].every((ms) => candidatesAt(search, ms).length > 0)
  return isOpen({ ...byMinute, busy: [] }) && !isOpen(byMinute)
}

/** Everybody who could receive at this start, in the order a booking tries them; each agent once, under their lowest motif. */
export function rankCandidates(group: GroupSearch, startMs: number): Candidate[] {
  const all = candidatesAt(group, startMs).sort((a, b) => a.motifId - b.motifId)
  // What was shown is what is booked: the shortest duration on offer at this start.
  const endMs = Math.min(...all.map((candidate) => candidate.endMs))
  const candidates = all.filter((candidate) => candidate.endMs === endMs)
  const agentIds = [...new Set(candidates.map(({ agentId }) => agentId))]
  const ranked = rankAgents({ candidates: agentIds, busy: group.busy, zone: group.zone, startMs })
  return ranked.flatMap((agentId) => candidates.find((candidate) => candidate.agentId === agentId) ?? [])
}

/** Whom a booking waits for when each candidate is held: spread by its key (hexadecimal), so that no queue forms. */
export const awaitedCandidate = <One>(ranked: readonly One[], bookingKey: string): One | undefined =>
  ranked[Number.parseInt(bookingKey.slice(0, 8), 16) % ranked.length]

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
