/** What an agent is warned of before placing or moving an RDV, and may pass over knowingly (domain §3.3, §12.2.21). */
export const WARNING_KINDS = ['past', 'overlap', 'held', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows'] as const
export type WarningKind = (typeof WARNING_KINDS)[number]

export type Warning =
  | { kind: 'past' }
  | { kind: 'overlap' | 'absent'; agentId: number }
  /** Kept for somebody who waits, until then; placed over it, the RDV takes it from them. */
  | { kind: 'held'; agentId: number; untilAt: Date }
  /** The agent receives at another lieu then; unnamed when the reader may not know where. */
  | { kind: 'elsewhere'; agentId: number; placeName: string | null }
  | { kind: 'gap'; agentId: number; gapMin: number }
  | { kind: 'same-day'; usagerId: number; startAt: Date }
  | { kind: 'no-shows'; usagerId: number; count: number }

type AgentSpan = { agentId: number; startAt: Date; endAt: Date }

/** Where: at a lieu, at a place of this RDV alone, or at none (by phone, at home, by video). */
export type AskedPlace = number | 'one-off' | null

export type PlacingQuestion = { agentIds: readonly number[]; lieuId: AskedPlace; startsAt: Date; endsAt: Date }

export type PlacingFacts = {
  /** RDVs that occupy their agent, those of the last hour before the start included. */
  taken: readonly AgentSpan[]
  /** Slots offered to people who wait. */
  held: readonly (AgentSpan & { untilAt: Date })[]
  away: readonly AgentSpan[]
  /** Lieu null: at none. Name null besides: the reader may not know where. */
  openings: readonly (AgentSpan & { lieuId: number | null; placeName: string | null })[]
  /** The same motif on the same civil day, and absences not excused: within the reader's reach alone. */
  sameDay: readonly { usagerId: number; startAt: Date }[]
  noShows: readonly { usagerId: number; count: number }[]
}

/** A hole this long or shorter before the RDV deserves a word, in minutes; shorter than the least, it is none. */
const [LONGEST_GAP_MIN, SHORTEST_GAP_MIN] = [46, 1]
const MINUTE_MS = 60_000

const meets = (span: AgentSpan, { startsAt, endsAt }: PlacingQuestion) => span.startAt < endsAt && span.endAt > startsAt

/** The hole between the agent's last RDV and this one, in whole minutes; null when there is none to speak of. */
function gapBefore(taken: readonly AgentSpan[], { startsAt }: PlacingQuestion, now: Date): number | null {
  const before = taken
    .filter(({ startAt, endAt }) => startAt > now && endAt <= startsAt)
    .map(({ endAt }) => (startsAt.getTime() - endAt.getTime()) / MINUTE_MS)
  const nearestMin = Math.min(...before)
  return nearestMin >= SHORTEST_GAP_MIN && nearestMin <= LONGEST_GAP_MIN ? Math.floor(nearestMin) : null
}

/** Every warning, the time's first, then each agent's in the order asked, then each person's. */
export function warningsOf(question: PlacingQuestion, facts: PlacingFacts, now: Date): Warning[] {
  const isPast = question.startsAt < now
  const ofAgents = question.agentIds.flatMap((agentId): Warning[] => {
    const theirs = <Span extends AgentSpan>(spans: readonly Span[]) => spans.filter((span) => span.agentId === agentId)
    const taken = theirs(facts.taken)
    // An opening at no lieu, by phone, by video or at home, keeps nobody from the lieu asked for.
    const isElsewhere = ({ lieuId }: { lieuId: number | null }) => lieuId !== null && lieuId !== question.lieuId
    const opening = theirs(facts.openings).find(
      (span) => question.lieuId !== null && !isPast && isElsewhere(span) && meets(span, question),
    )
    const held = theirs(facts.held).find((span) => meets(span, question))
    const gapMin = gapBefore(taken, question, now)
    return [
      ...(taken.some((span) => meets(span, question)) ? [{ kind: 'overlap' as const, agentId }] : []),
      ...(held ? [{ kind: 'held' as const, agentId, untilAt: held.untilAt }] : []),
      ...(theirs(facts.away).some((span) => meets(span, question)) ? [{ kind: 'absent' as const, agentId }] : []),
      ...(opening ? [{ kind: 'elsewhere' as const, agentId, placeName: opening.placeName }] : []),
      ...(gapMin === null ? [] : [{ kind: 'gap' as const, agentId, gapMin }]),
    ]
  })
  return [
    ...(isPast ? [{ kind: 'past' as const }] : []),
    ...ofAgents,
    ...facts.sameDay.map((fact) => ({ kind: 'same-day' as const, ...fact })),
    ...facts.noShows.filter(({ count }) => count > 0).map((fact) => ({ kind: 'no-shows' as const, ...fact })),
  ]
}

/** Whether each of these was passed over knowingly. */
export const areAllKnown = (warnings: readonly Warning[], acknowledged: readonly WarningKind[]): boolean =>
  warnings.every(({ kind }) => acknowledged.includes(kind))
