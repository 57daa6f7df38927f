import type { Agendas } from '@/server/scheduling/rules/agenda'
import { addDays, instantMs, wallClock, type CivilDay } from '@/server/scheduling/rules/civil'
import type { SlotQuestion } from '@/server/scheduling/rules/question'
import { agentSlots } from '@/server/scheduling/rules/slot-table'
import { nextAvailability, searchSlots } from '@/server/scheduling/rules/slots'
import { lieuxOf, searchTogether } from '@/server/scheduling/rules/together'
import type { Placement } from './placing'

/** Days shown at once, and how far ahead a next availability is looked for (domain §2.12). */
export const PAGE_DAYS = 7
export const HORIZON_DAYS = 183

/** A start an agent may place: with that agent, or with all of them at once. */
export type AgentSlot = { startAt: Date; lieuId: number | null; agentIds: number[] }

export type AgentSlotDay = { onDay: CivilDay; slots: AgentSlot[] }

export type AgentSlots = {
  fromDay: CivilDay
  days: AgentSlotDay[]
  /** The first availability of each lieu (null: no lieu) from that day on, soonest first. */
  nextByLieu: { lieuId: number | null; at: Date }[]
}

/** What « Trouver un RDV » shows. */
export type AgentSearch = AgentSlots & {
  motif: Pick<Placement['motif'], 'id' | 'name' | 'organisationName' | 'durationMin' | 'locationType' | 'zone'>
  today: CivilDay
  /** False when somebody asked for together with others may not be placed with: no time is shown then. */
  isTeamWhole: boolean
  agents: Placement['agents']
  groups: { id: number; name: string }[]
  lieux: Placement['lieux']
}

/** `together`: every agent of the question at once, instead of each apart. No delay binds an agent (domain §2.12). */
export type AgentQuestion = Pick<SlotQuestion, 'zone' | 'department' | 'nowMs' | 'durationMin'> & {
  agentIds: readonly number[]
  lieux: 'any' | readonly (number | null)[]
  fromDay: CivilDay
  together: boolean
}

/** The slots of seven days, and each lieu's next. Throws on a malformed agenda: a slot on a wrong one is worse than none. */
export function agentSlotsOf(agendas: Agendas, question: AgentQuestion): AgentSlots {
  const { fromDay, zone, nowMs } = question
  const at = (day: CivilDay) => Math.max(nowMs, instantMs(zone, day, 0))
  const starts = startsIn(agendas, question, at(fromDay), at(addDays(fromDay, PAGE_DAYS)))
  const wanted = [...lieuxOf(agendas)].filter((lieuId) => question.lieux === 'any' || question.lieux.includes(lieuId))
  const next = wanted.flatMap((lieuId) => {
    const startMs = firstAt(agendas, question, lieuId, at(fromDay), at(addDays(fromDay, HORIZON_DAYS)))
    return startMs === null ? [] : [{ lieuId, at: new Date(startMs) }]
  })
  return {
    fromDay,
    days: byDay(zone, starts),
    nextByLieu: next.sort((a, b) => a.at.getTime() - b.at.getTime()),
  }
}

const toQuestion = (question: AgentQuestion, lieuId: number | null | 'any', fromMs: number, toMs: number) => ({
  durationMin: question.durationMin,
  zone: question.zone,
  department: question.department,
  nowMs: question.nowMs,
  agents: question.agentIds,
  delays: null,
  lieuId,
  fromMs,
  toMs,
})

function startsIn(agendas: Agendas, question: AgentQuestion, fromMs: number, toMs: number): AgentSlot[] {
  if (fromMs >= toMs) return []
  const asked = toQuestion(question, 'any', fromMs, toMs)
  const isWanted = ({ lieuId }: { lieuId: number | null }) =>
    question.lieux === 'any' || question.lieux.includes(lieuId)
  if (question.together) {
    const found = searchTogether(agendas, asked)
    if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
    return found.value
      .filter(isWanted)
      .map(({ startMs, lieuId }) => ({ startAt: new Date(startMs), lieuId, agentIds: [...question.agentIds] }))
  }
  const found = searchSlots(agendas, asked)
  if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
  return agentSlots(found.value)
    .filter(isWanted)
    .map(({ startMs, lieuId, agentId }) => ({ startAt: new Date(startMs), lieuId, agentIds: [agentId] }))
}

function firstAt(
  agendas: Agendas,
  question: AgentQuestion,
  lieuId: number | null,
  fromMs: number,
  toMs: number,
): number | null {
  if (fromMs >= toMs) return null
  const asked = toQuestion(question, lieuId, fromMs, toMs)
  const found = question.together ? searchTogether(agendas, asked) : nextAvailability(agendas, asked)
  if (!found.ok) throw new Error(`slot search refused: ${found.reason}`)
  const first = Array.isArray(found.value) ? found.value[0] : found.value
  return first?.startMs ?? null
}

function byDay(zone: string, slots: readonly AgentSlot[]): AgentSlotDay[] {
  const days = new Map<CivilDay, AgentSlot[]>()
  for (const slot of slots) {
    const { onDay } = wallClock(zone, slot.startAt.getTime())
    days.set(onDay, [...(days.get(onDay) ?? []), slot])
  }
  return [...days].map(([onDay, ofDay]) => ({ onDay, slots: ofDay }))
}
