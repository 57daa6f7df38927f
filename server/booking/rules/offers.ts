import { dayOf } from '@/server/kernel/dates'
import type { ChosenFate } from './impact'

/** How many times are offered to an RDV that a change of planning hurts, and to how many RDVs of one change. */
export const OFFERED_TIMES = 5
export const OFFERED_RDVS = 20

/** An RDV to come that the reader may move. */
export type Movable = {
  id: number
  /** Says which RDV was seen: see `rescheduleRdv`. */
  sequence: number
  startsAt: Date
  endsAt: Date
  agentIds: readonly number[]
  isCollective: boolean
  isMotifLive: boolean
  /** Whether the reader may look for a time in the agenda of each of its agents. */
  isTeamOpen: boolean
}

/** Why no time is looked for: it is left to be moved from its own page. */
export type WhyNoSearch = 'session' | 'motif-closed' | 'team-closed'

export function whyNoSearch({ isCollective, isMotifLive, isTeamOpen }: Movable): WhyNoSearch | null {
  if (isCollective) return 'session'
  if (!isMotifLive) return 'motif-closed'
  return isTeamOpen ? null : 'team-closed'
}

/** The times an RDV may be moved to with the save: same motif, lieu, agents and length. None, and why, when there is none. */
export type MoveOffer = {
  rdvId: number
  sequence: number
  startsAt: readonly Date[]
  whyNone: WhyNoSearch | 'none-free' | null
}

/** What is looked for: starts in order, in ms. `heldMs`: the one already chosen for it, as long as it is free. */
export type Ask = {
  rdvId: number
  lengthMs: number
  agentIds: readonly number[]
  startsMs: readonly number[]
  heldMs: number | null
  motifId: number
  usagerIds: readonly number[]
  zone: string
}

type Span = { rdvId: number; agentIds: readonly number[]; startMs: number; endMs: number }

const spanOf = (
  { rdvId, agentIds, lengthMs }: Pick<Ask, 'rdvId' | 'agentIds' | 'lengthMs'>,
  startMs: number,
): Span => ({
  ...{ rdvId, agentIds, startMs },
  endMs: startMs + lengthMs,
})

/** Whether two RDVs would take the same agent at the same time. */
const clash = (one: Span, other: Span): boolean =>
  one.rdvId !== other.rdvId &&
  one.startMs < other.endMs &&
  other.startMs < one.endMs &&
  one.agentIds.some((agentId) => other.agentIds.includes(agentId))

/** Whether the same person would come twice on a day for the same motif. */
const isSameDay = (one: Ask, oneMs: number, other: Ask, otherMs: number): boolean =>
  one.rdvId !== other.rdvId &&
  one.motifId === other.motifId &&
  one.usagerIds.some((usagerId) => other.usagerIds.includes(usagerId)) &&
  dayOf(new Date(oneMs), one.zone) === dayOf(new Date(otherMs), other.zone)

/**
 * Shares free times out among RDVs, so that whatever is chosen for each can be followed for all: no time offered to one
 * meets a time offered to another of the same agent, nor brings the same person twice on a day for the same motif. One after
 * the other, in rounds, each takes the soonest that is left; what is already chosen stays its own. At most `count` each,
 * in order.
 */
export function shareOut(asks: readonly Ask[], count = OFFERED_TIMES): ReadonlyMap<number, readonly number[]> {
  const given: { ask: Ask; span: Span }[] = []
  const isFree = (span: Span) => !given.some((one) => clash(one.span, span))
  const isApart = (ask: Ask, { startMs }: Span) =>
    !given.some((one) => isSameDay(one.ask, one.span.startMs, ask, startMs))
  const give = (ask: Ask, span: Span) => given.push({ ask, span })
  for (const ask of asks) {
    const held = ask.heldMs === null ? null : spanOf(ask, ask.heldMs)
    if (held && isFree(held)) give(ask, held)
  }
  const next = asks.map((ask) => ({ ask, at: 0 }))
  const startsOf = ({ rdvId }: Ask) => given.flatMap(({ span }) => (span.rdvId === rdvId ? [span.startMs] : []))
  for (let round = 1; round <= count; round++) {
    for (const one of next) {
      const { ask } = one
      while (startsOf(ask).length < round && one.at < ask.startsMs.length) {
        const span = spanOf(ask, ask.startsMs[one.at++] as number)
        if (span.startMs !== ask.heldMs && isFree(span) && isApart(ask, span)) give(ask, span)
      }
    }
  }
  return new Map(asks.map((ask) => [ask.rdvId, startsOf(ask).sort((one, other) => one - other)]))
}

/** `changed`: it is no longer the one that was seen; `taken`: the time is not free; `twice`: another of the save takes it. */
export type MoveFateRefusal = 'changed' | 'taken' | 'twice' | WhyNoSearch

export type ChosenMove = { rdvId: number; to: { startAt: Date; sequence: number } }

/** Those to be moved with the save; the others are left to be moved afterwards. */
export const chosenMoves = (fates: readonly ChosenFate[]): ChosenMove[] =>
  fates.flatMap((one) => (one.fate === 'move' && one.to ? [{ rdvId: one.rdvId, to: one.to }] : []))

/** The moves that cannot be made, and why; none when all can, together. */
export function whyNotMoves<One extends Movable>(
  movables: readonly One[],
  chosen: readonly ChosenMove[],
  isFree: (rdv: One, startAt: Date) => boolean,
): { rdvId: number; reason: MoveFateRefusal }[] {
  const spans = chosen.flatMap(({ rdvId, to }) => {
    const rdv = movables.find(({ id }) => id === rdvId)
    return rdv ? [spanOf({ rdvId, agentIds: rdv.agentIds, lengthMs: lengthOf(rdv) }, to.startAt.getTime())] : []
  })
  const whyNot = ({ rdvId, to }: ChosenMove): MoveFateRefusal | null => {
    const rdv = movables.find(({ id }) => id === rdvId)
    const span = spans.find((one) => one.rdvId === rdvId)
    if (!rdv || !span || rdv.sequence !== to.sequence) return 'changed'
    const why = whyNoSearch(rdv)
    if (why) return why
    if (!isFree(rdv, to.startAt)) return 'taken'
    return spans.some((other) => clash(span, other)) ? 'twice' : null
  }
  return chosen.flatMap((one) => {
    const reason = whyNot(one)
    return reason ? [{ rdvId: one.rdvId, reason }] : []
  })
}

/** How long an RDV lasts, in ms. */
export const lengthOf = ({ startsAt, endsAt }: Pick<Movable, 'startsAt' | 'endsAt'>): number =>
  endsAt.getTime() - startsAt.getTime()
