import type { AgentRdv } from '@/server/booking/rules/agent-views'

type Rebooked = Pick<AgentRdv, 'isCollective' | 'motifId' | 'lieuId'> & {
  /** Lists do not know. */
  mayRepeat?: boolean
  people: readonly { usagerId: number }[]
  agents: readonly { id: number }[]
}

/**
 * Where another RDV is placed for the same people, motif, agents and lieu; null for a session, whose people are not one party, and for
 * who may not place it.
 */
export function rebookHref({ isCollective, mayRepeat, motifId, people, agents, lieuId }: Rebooked): string | null {
  if (isCollective || mayRepeat === false) return null
  const chosen = {
    motif: String(motifId),
    usagers: people.map(({ usagerId }) => usagerId).join(','),
    agents: agents.map(({ id }) => id).join(','),
    ...(lieuId !== null && { lieu: String(lieuId) }),
  }
  return `/agent/rdvs/nouveau?${new URLSearchParams(chosen).toString()}`
}
