import { MINUTE_MS } from '@/server/scheduling/rules/civil'
import { rankAgents } from '@/server/scheduling/rules/choose-agent'
import { candidatesAt, type Candidate, type GroupSearch } from './availability'
import { isCancelled, type Status } from './status'
import type { BookRefusal, CancelRefusal, MoveRefusal } from './tunnel'

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

/** Strictly more than this before the start (domain §3.2). */
export const MOVE_NOTICE_MIN = 2 * 1440

export type MovableByUsager = CancellableRdv & {
  readonly isCollective: boolean
  readonly authorKind: string
  readonly agentCount: number
  readonly isMotifLive: boolean
  readonly usagerMayMove: boolean
  readonly bookableBy: string
  readonly isFollowUp: boolean
  readonly sectorisationLevel: string
}

const OPEN_TO_USAGERS: readonly string[] = ['everyone', 'agents_and_prescripteurs_and_invited_users']

/**
 * A person's own move, before any time is chosen (domain §3.2): their individual RDV, booked by themselves, more than two
 * days ahead. One that several agents hold, or that asks for certain agents, is theirs to move: the slots of a person say
 * nothing of who receives.
 */
export function whyNotMoveOnline(rdv: MovableByUsager, now: Date): MoveRefusal | null {
  if (isCancelled(rdv.status) || isCancelled(rdv.participationStatus)) return 'already-cancelled'
  if (rdv.status !== 'unknown' || rdv.startsAt <= now) return 'over'
  if (rdv.isCollective) return 'collective'
  if (rdv.authorKind !== 'usager') return 'placed-by-service'
  const isOpen = rdv.usagerMayMove && rdv.isVisible && rdv.isMotifLive && OPEN_TO_USAGERS.includes(rdv.bookableBy)
  const isAnybodys = rdv.agentCount === 1 && !rdv.isFollowUp && rdv.sectorisationLevel !== 'agent'
  if (!isOpen || !isAnybodys) return 'not-movable'
  const minutesLeft = (rdv.startsAt.getTime() - now.getTime()) / MINUTE_MS
  return minutesLeft > MOVE_NOTICE_MIN ? null : 'too-late'
}

/** The agendas without the RDV to move: where it stands is free for itself. */
export function withoutOwnTime<Group extends Pick<GroupSearch, 'busy'>>(
  group: Group,
  own: { readonly agentId: number; readonly startMs: number; readonly endMs: number },
): Group {
  const [fromMin, toMin] = [Math.floor(own.startMs / MINUTE_MS), Math.ceil(own.endMs / MINUTE_MS)]
  const busy = group.busy.map((one) => {
    if (one.agentId !== own.agentId) return one
    const at = Array.from(one.busyMin).findIndex(
      (min, i, all) => i % 2 === 0 && min === fromMin && all[i + 1] === toMin,
    )
    return at < 0 ? one : { ...one, busyMin: Array.from(one.busyMin).toSpliced(at, 2) }
  })
  return { ...group, busy }
}
