import { type AgentAgenda, type AgentFilter, type Agendas, type Desk, type MalformedRow } from './agenda'
import { type Frame, type Source, byAgent, frameOf, layOpen, layTaken, newDesk } from './agenda'
import { type Outcome, done, refused } from '@/server/kernel/outcome'
import { MINUTE_MS, dayNumberAt } from './civil'
import { type Spans, noSpans, pushSpan, subtract } from './interval'
import { type Cut, type SlotQuestion, type SlotRefusal, cutOf, whyNotSearch } from './question'
import { noSlots } from './slot-table'
import { cutSlots } from './slots'

/** Why openings give nothing, in the order they are asked: the first that applies to an occurrence is its reason. */
export const NO_SLOT_REASONS = [
  'no-opening',
  'none-in-window',
  'other-sector',
  'other-agents',
  'other-lieu',
  'holiday',
  'too-short',
  'past',
  'absent',
  'full',
  'outside-window',
  'too-soon',
  'too-late',
] as const
export type NoSlotReason = (typeof NO_SLOT_REASONS)[number]

/**
 * `offering` occurrences of openings give at least one slot; each other one is counted under one reason. `no-opening`
 * counts 0, `none-in-window` counts the openings there are elsewhen.
 */
export type WhyNoSlots = { offering: number; reasons: readonly { reason: NoSlotReason; count: number }[] }

/**
 * Where the slots of a question went. Give it the motif's agendas before any choice of agent or lieu; `sector` is who
 * the sector allows, apart from the agents the person asked for.
 */
export function whyNoSlots(
  agendas: Agendas,
  question: SlotQuestion,
  sector: AgentFilter = 'any',
): Outcome<WhyNoSlots, SlotRefusal> {
  const why = whyNotSearch(question)
  if (why) return refused(why)
  if (agendas.openings.length === 0) return done({ offering: 0, reasons: [{ reason: 'no-opening', count: 0 }] })
  const frame = frameOf(question.zone, question.department, question.fromMs, question.toMs)
  const desk = newDesk()
  const counts = new Map<NoSlotReason | 'offering', number>()
  for (const agenda of byAgent(agendas, 'any')) {
    const malformed = countReasons(counts, desk, agenda, frame, question, sector)
    if (malformed) return refused(malformed)
  }
  if (counts.size === 0) counts.set('none-in-window', agendas.openings.length)
  const reasons = NO_SLOT_REASONS.map((reason) => ({ reason, count: counts.get(reason) ?? 0 }))
  return done({ offering: counts.get('offering') ?? 0, reasons: reasons.filter(({ count }) => count > 0) })
}

function countReasons(
  counts: Map<NoSlotReason | 'offering', number>,
  desk: Desk,
  agenda: AgentAgenda,
  frame: Frame,
  question: SlotQuestion,
  sector: AgentFilter,
): MalformedRow | null {
  const everyDay = { ...frame, isHoliday: new Uint8Array(frame.count) }
  const malformed = layOpen(desk, agenda, everyDay, 'any') ?? layTaken(desk, agenda, frame)
  if (malformed) return malformed
  const { count, start, end, tag } = desk.occurrences
  for (let i = 0; i < count; i++) {
    const source = desk.sources[tag[i] as number]
    if (!source) continue
    const occurrence = { startMin: start[i] as number, endMin: end[i] as number, source }
    const reason =
      whyClosed(occurrence, frame, question, sector) ?? whyNothingFree(occurrence, desk, question) ?? 'offering'
    counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return null
}

type Occurrence = { startMin: number; endMin: number; source: Source }

function whyClosed(
  { startMin, endMin, source }: Occurrence,
  frame: Frame,
  { agents, lieuId, durationMin }: SlotQuestion,
  sector: AgentFilter,
): NoSlotReason | null {
  const { opening } = source
  if (sector !== 'any' && !sector.includes(opening.agentId)) return 'other-sector'
  if (agents !== 'any' && !agents.includes(opening.agentId)) return 'other-agents'
  if (lieuId !== 'any' && source.lieuId !== lieuId) return 'other-lieu'
  const day = dayNumberAt(frame.zone, startMin * MINUTE_MS) - frame.first
  if (frame.isHoliday[day] === 1 && !opening.onHolidays) return 'holiday'
  return endMin - startMin < durationMin ? 'too-short' : null
}

function whyNothingFree(occurrence: Occurrence, desk: Desk, question: SlotQuestion): NoSlotReason | null {
  const asked = cutOf(question)
  if (offers(occurrence, desk.taken, asked)) return null
  const fromNow = { ...asked, lowMin: asked.nowMin, highMin: Infinity }
  if (!offers(occurrence, noSpans(), fromNow)) return 'past'
  if (!offers(occurrence, desk.away, fromNow)) return 'absent'
  if (!offers(occurrence, desk.taken, fromNow)) return 'full'
  const inWindow = cutOf({ ...question, delays: null })
  if (!offers(occurrence, desk.taken, inWindow)) return 'outside-window'
  return offers(occurrence, desk.taken, { ...inWindow, lowMin: asked.lowMin }) ? 'too-late' : 'too-soon'
}

function offers({ startMin, endMin }: Occurrence, taken: Spans, cut: Cut): boolean {
  const [open, free, slots] = [noSpans(1), noSpans(), noSlots(64)]
  pushSpan(open, startMin, endMin, 0)
  subtract(open, taken, free)
  cutSlots(free, cut, slots)
  return slots.count > 0
}
