import type { BusyOfAgent } from './agenda'
import { MINUTE_MS, addDays, instantMs, wallClock } from './civil'

/** Who could take a start, and what their agendas hold that day. */
export type AgentChoice = {
  candidates: readonly number[]
  busy: readonly BusyOfAgent[]
  /** IANA zone of the territory: the civil day of the start counts there. */
  zone: string
  startMs: number
}

/**
 * Candidates in the order a booking tries them: fewest booked minutes on the civil day of the start, then lowest id.
 * Two RDVs at once count twice (that is twice the work); what overflows the day does not count.
 */
export function rankAgents({ candidates, busy, zone, startMs }: AgentChoice): number[] {
  const { onDay } = wallClock(zone, startMs)
  const [fromMs, toMs] = [instantMs(zone, onDay, 0), instantMs(zone, addDays(onDay, 1), 0)]
  const bookedMin = new Map(candidates.map((agentId) => [agentId, 0]))
  for (const { agentId, busyMin } of busy) {
    const known = bookedMin.get(agentId)
    if (known !== undefined)
      bookedMin.set(agentId, known + minutesWithin(busyMin, fromMs / MINUTE_MS, toMs / MINUTE_MS))
  }
  return [...bookedMin].sort(([a, ofA], [b, ofB]) => ofA - ofB || a - b).map(([agentId]) => agentId)
}

/** The agent a booking goes to: the first of `rankAgents`; null without candidate. */
export const chooseAgent = (choice: AgentChoice): number | null => rankAgents(choice)[0] ?? null

function minutesWithin(busyMin: ArrayLike<number>, fromMin: number, toMin: number): number {
  let sum = 0
  for (let i = 0; i + 1 < busyMin.length; i += 2) {
    sum += Math.max(0, Math.min(busyMin[i + 1] as number, toMin) - Math.max(busyMin[i] as number, fromMin))
  }
  return sum
}
