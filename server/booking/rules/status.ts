export const STATUSES = ['unknown', 'seen', 'excused', 'revoked', 'noshow'] as const
export type Status = (typeof STATUSES)[number]

/** Where an RDV stands in time: decided by the civil day of its start, in its territory's zone (domain §4.1). */
export type Phase = 'future' | 'today' | 'past'

export type RdvTime = { readonly startsAt: Date; readonly phase: Phase; readonly isCollective: boolean }

/** Moves offered from `unknown`; any other status only goes back to `unknown` (domain §4.2). */
const INDIVIDUAL_MOVES = {
  future: ['excused', 'revoked'],
  today: ['seen', 'noshow', 'excused', 'revoked'],
  past: ['seen', 'noshow', 'excused', 'revoked'],
} as const satisfies Record<Phase, readonly Status[]>

const COLLECTIVE_MOVES = {
  future: ['revoked'],
  today: ['seen', 'revoked'],
  past: ['seen', 'revoked'],
} as const satisfies Record<Phase, readonly Status[]>

/** Statuses an agent may give now. A no-show needs a start that has passed. */
export function allowedMoves(from: Status, rdv: RdvTime, now: Date): readonly Status[] {
  if (from !== 'unknown') return ['unknown']
  const moves: readonly Status[] = rdv.isCollective ? COLLECTIVE_MOVES[rdv.phase] : INDIVIDUAL_MOVES[rdv.phase]
  return moves.filter((to) => to !== 'noshow' || rdv.startsAt <= now)
}

export type MoveRefusal = 'not-allowed' | 'not-started'

/** Null when the move is allowed; `not-started` for a no-show before the start. */
export function whyNotMove(from: Status, to: Status, rdv: RdvTime, now: Date): MoveRefusal | null {
  if (allowedMoves(from, rdv, now).includes(to)) return null
  const onlyTooEarly = from === 'unknown' && to === 'noshow' && !rdv.isCollective && rdv.phase !== 'past'
  return onlyTooEarly ? 'not-started' : 'not-allowed'
}

export const isCancelled = (status: Status): boolean => status === 'excused' || status === 'revoked'

/** Whether the RDV takes its agents' time and the participation a seat. A no-show does. */
export const occupies = (status: Status): boolean => !isCancelled(status)

/**
 * New status of a participation when its RDV goes `from` → `to` (domain §4.3). Going back to `unknown` undoes what the
 * move had done and no more: whoever had cancelled by themselves stays cancelled (docs/decisions/0009).
 */
export function propagateToParticipation(participation: Status, { from, to }: { from: Status; to: Status }): Status {
  switch (to) {
    case 'unknown':
      return participation === from ? 'unknown' : participation
    case 'excused':
    case 'revoked':
      return isCancelled(participation) ? participation : to
    case 'seen':
    case 'noshow':
      return participation === 'unknown' ? to : participation
  }
}

/** Status of an RDV as its participations make it (domain §4.4). */
export function statusFromParticipations(participations: readonly Status[], rdv: RdvTime, now: Date): Status {
  if (participations.includes('seen')) return 'seen'
  if (rdv.isCollective) {
    const nobodyCame = participations.length > 0 && !participations.includes('unknown') && rdv.startsAt <= now
    return nobodyCame ? 'revoked' : 'unknown'
  }
  const [first] = participations
  const isUnanimous = first !== undefined && participations.every((status) => status === first)
  return isUnanimous ? first : 'unknown'
}
