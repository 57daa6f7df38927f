import { type Outcome, done, refused } from '@/server/kernel/outcome'
import { MINUTE_MS } from './civil'
import type { SlotQuestion, Window, WindowRefusal } from './question'
import { whyNotLook } from './question'

/** A collective RDV as people may join it. `seats` null is without limit. */
export type SessionRow = {
  rdvId: number
  startMs: number
  endMs: number
  lieuId: number | null
  agentIds: readonly number[]
  isCancelled: boolean
  takenSeats: number
  seats: number | null
}

/** What a search of sessions asks; the same words as for slots. */
export type SessionQuestion = Window & Pick<SlotQuestion, 'agents' | 'lieuId'>

/** Seats left in a session, never below 0 (an agent may overbook); null without limit. */
export const seatsLeft = ({ seats, takenSeats }: Pick<SessionRow, 'seats' | 'takenSeats'>): number | null =>
  seats === null ? null : Math.max(0, seats - takenSeats)

/**
 * The slots of a collective motif: its sessions to come, not cancelled, with a seat left, within the window and, for
 * usagers, the delays (both inclusive); one of the agents asked for must hold it. By start, then id.
 */
export function openSessions(
  sessions: readonly SessionRow[],
  question: SessionQuestion,
): Outcome<SessionRow[], WindowRefusal> {
  const why = whyNotLook(question)
  if (why) return refused(why)
  const open = sessions.filter((session) => isOpen(session, question))
  return done(open.sort((a, b) => a.startMs - b.startMs || a.rdvId - b.rdvId))
}

function isOpen(session: SessionRow, { fromMs, toMs, nowMs, delays, agents, lieuId }: SessionQuestion): boolean {
  const { startMs, isCancelled, agentIds } = session
  if (isCancelled || seatsLeft(session) === 0) return false
  if (startMs <= nowMs || startMs < fromMs || startMs >= toMs) return false
  if (lieuId !== 'any' && session.lieuId !== lieuId) return false
  if (agents !== 'any' && !agentIds.some((agentId) => agents.includes(agentId))) return false
  const noticeMin = (startMs - nowMs) / MINUTE_MS
  return !delays || (noticeMin >= delays.minMin && noticeMin <= delays.maxMin)
}
