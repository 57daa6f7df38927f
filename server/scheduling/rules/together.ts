import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { byAgent, type Agendas, type AgentAgenda, type Frame, layFree, type MalformedRow, newDesk } from './agenda'
import { MINUTE_MS } from './civil'
import { intersect, merge, noSpans, sortByStart, type Spans } from './interval'
import { cutOf, frameOfCut, type SlotQuestion, type SlotRefusal, whyNotSearch } from './question'
import { noSlots } from './slot-table'
import { cutSlots } from './slots'

/** A start at which several agents are free at once, half-open [startMs, endMs), all at one lieu (or none). */
export type SharedSlot = { startMs: number; endMs: number; lieuId: number | null }

/**
 * Starts at which every one of these agents could receive, together: each has an opening there then, and nothing else.
 * The grid starts afresh in each stretch they share. By start, then lieu; empty when one of them has no opening.
 */
export function searchTogether(
  agendas: Agendas,
  question: SlotQuestion & { agents: readonly number[] },
): Outcome<SharedSlot[], SlotRefusal> {
  const why = whyNotSearch(question)
  if (why) return refused(why)
  const cut = cutOf(question)
  const team = byAgent(agendas, question.agents)
  if (team.length === 0 || team.length < new Set(question.agents).size || cut.lowMin >= cut.highMin) return done([])
  const frame = frameOfCut(question, cut)
  const found: SharedSlot[] = []
  for (const lieuId of question.lieuId === 'any' ? lieuxOf(agendas) : [question.lieuId]) {
    const shared = sharedBy(team, frame, lieuId)
    if (typeof shared === 'string') return refused(shared)
    const slots = noSlots()
    cutSlots(shared, cut, slots)
    for (const startMin of slots.startMin.subarray(0, slots.count)) {
      found.push({ startMs: startMin * MINUTE_MS, endMs: (startMin + cut.durationMin) * MINUTE_MS, lieuId })
    }
  }
  return done(found.sort((a, b) => a.startMs - b.startMs || (a.lieuId ?? 0) - (b.lieuId ?? 0)))
}

/**
 * Whether every one of these agents could receive together at this start, on no grid: each has an opening there then, and
 * nothing else until the end. Never before now.
 */
export function areFreeAt(
  agendas: Agendas,
  question: Omit<SlotQuestion, 'fromMs' | 'toMs'> & { agents: readonly number[] },
  startMs: number,
): Outcome<boolean, SlotRefusal> {
  const asked = { ...question, fromMs: startMs, toMs: startMs + MINUTE_MS }
  const why = whyNotSearch(asked)
  if (why) return refused(why)
  const cut = cutOf(asked)
  const team = byAgent(agendas, question.agents)
  if (team.length === 0 || team.length < new Set(question.agents).size || cut.lowMin >= cut.highMin) return done(false)
  const frame = frameOfCut(asked, cut)
  const [start, end] = [startMs / MINUTE_MS, startMs / MINUTE_MS + question.durationMin]
  for (const lieuId of question.lieuId === 'any' ? lieuxOf(agendas) : [question.lieuId]) {
    const shared = sharedBy(team, frame, lieuId)
    if (typeof shared === 'string') return refused(shared)
    for (let i = 0; i < shared.count; i++)
      if ((shared.start[i] as number) <= start && end <= (shared.end[i] as number)) return done(true)
  }
  return done(false)
}

/** Every lieu an opening is at, or was moved to. */
export const lieuxOf = ({ openings }: Agendas): Set<number | null> =>
  new Set(
    openings.flatMap(({ lieuId, exceptions }) => [
      lieuId,
      ...exceptions.flatMap((one) => (one.kind === 'moved' && one.lieuId !== undefined ? [one.lieuId] : [])),
    ]),
  )

/** When all of a team are free at a lieu: sorted, disjoint. */
function sharedBy(team: readonly AgentAgenda[], frame: Frame, lieuId: number | null): Spans | MalformedRow {
  const desk = newDesk()
  const none = noSpans(1)
  let shared: Spans | null = null
  for (const agenda of team) {
    const malformed = layFree(desk, agenda, frame, lieuId)
    if (malformed) return malformed
    sortByStart(desk.free)
    const own = noSpans()
    merge(desk.free, none, own)
    if (shared === null) shared = own
    else {
      const both = noSpans()
      intersect(shared, own, both)
      shared = both
    }
  }
  return shared ?? none
}
