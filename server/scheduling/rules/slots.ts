import { type Agendas, byAgent, frameUntil, layFree, newDesk } from './agenda'
import { type Outcome, done, refused } from '@/server/kernel/outcome'
import { type Spans, hasOverlap } from './interval'
import { type Cut, type SlotQuestion, type SlotRefusal, cutOf, frameOfCut, whyNotSearch } from './question'
import {
  type Columns,
  type Slot,
  type SlotTable,
  keepOnePerStartAndLieu,
  noSlots,
  pushSlot,
  slotFrom,
} from './slot-table'

const STEP_MIN = 5

/**
 * First start of a free range that is not before `lowMin`, on the range's own grid: one duration after another from its
 * start, itself moved by steps of five minutes to now when it is past. May lie beyond the range.
 */
function firstStart(rangeStartMin: number, { durationMin, nowMin, lowMin }: Cut): number {
  const late = nowMin - rangeStartMin
  const start = late > 0 ? rangeStartMin + Math.ceil(late / STEP_MIN) * STEP_MIN : rangeStartMin
  return start >= lowMin ? start : start + Math.ceil((lowMin - start) / durationMin) * durationMin
}

/** Cuts free ranges into slots, the grid starting afresh in each range. */
export function cutSlots(free: Spans, cut: Cut, slots: Columns): void {
  for (let i = 0; i < free.count; i++) {
    const last = Math.min((free.end[i] as number) - cut.durationMin, cut.highMin - 1)
    for (let start = firstStart(free.start[i] as number, cut); start <= last; start += cut.durationMin) {
      pushSlot(slots, start, free.tag[i] as number)
    }
  }
}

/**
 * Every slot of the question, from rows to columns. Grids are anchored at each free range's start: after every busy
 * time, absence or opening; openings that overlap keep both grids. Nobody in the filter, no opening: an empty table.
 */
export function searchSlots(agendas: Agendas, question: SlotQuestion): Outcome<SlotTable, SlotRefusal> {
  const why = whyNotSearch(question)
  if (why) return refused(why)
  const { durationMin } = question
  const cut = cutOf(question)
  const desk = newDesk()
  const slots = noSlots()
  if (cut.lowMin < cut.highMin) {
    const frame = frameOfCut(question, cut)
    for (const agenda of byAgent(agendas, question.agents)) {
      const malformed = layFree(desk, agenda, frame, question.lieuId)
      if (malformed) return refused(malformed)
      const first = slots.count
      cutSlots(desk.free, cut, slots)
      if (hasOverlap(desk.occurrences)) keepOnePerStartAndLieu(slots, first, desk.sources)
    }
  }
  return done({ durationMin, ...slots, sources: desk.sources })
}

/** The earliest slot cut from free ranges, null when there is none. */
function earliestSlot(free: Spans, cut: Cut): { startMin: number; tag: number } | null {
  let earliest = null
  let highMin = cut.highMin
  for (let i = 0; i < free.count; i++) {
    const startMin = firstStart(free.start[i] as number, cut)
    if (startMin >= highMin || startMin + cut.durationMin > (free.end[i] as number)) continue
    highMin = startMin
    earliest = { startMin, tag: free.tag[i] as number }
  }
  return earliest
}

/**
 * The first slot of the question's window (the booking horizon), ties to the lowest agent id; null when there is none.
 * One pass: an agent is only looked at before the best slot known so far.
 */
export function nextAvailability(agendas: Agendas, question: SlotQuestion): Outcome<Slot | null, SlotRefusal> {
  const why = whyNotSearch(question)
  if (why) return refused(why)
  const cut = cutOf(question)
  if (cut.lowMin >= cut.highMin) return done(null)
  const desk = newDesk()
  let frame = frameOfCut(question, cut)
  let best: Slot | null = null
  for (const agenda of byAgent(agendas, question.agents)) {
    const malformed = layFree(desk, agenda, frame, question.lieuId)
    if (malformed) return refused(malformed)
    const earliest = earliestSlot(desk.free, cut)
    const source = desk.sources[earliest?.tag ?? -1]
    if (!earliest || !source) continue
    best = slotFrom(source, earliest.startMin, cut.durationMin)
    cut.highMin = earliest.startMin
    frame = frameUntil(frame, best.startMs)
  }
  return done(best)
}
