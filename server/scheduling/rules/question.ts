import { type AgentFilter, type Frame, type MalformedRow, frameOf } from './agenda'
import { DAY_MIN, MINUTE_MS, isZone } from './civil'

/** What a search asks. Instants in ms since the epoch; `fromMs`–`toMs` is a half-open window on the starts. */
export type SlotQuestion = {
  durationMin: number
  /** IANA zone of the territory. */
  zone: string
  /** Number of the département ('62', '974', '2A'): its public holidays. */
  department: string
  fromMs: number
  toMs: number
  nowMs: number
  agents: AgentFilter
  lieuId: number | null | 'any'
  /** Notice asked of usagers and prescripteurs; null for agents, who have none. */
  delays: { minMin: number; maxMin: number } | null
}

/** Why a window cannot be looked at. */
export type WindowRefusal = 'bad-delays' | 'empty-window' | 'window-out-of-bounds'

/** Why a search cannot be made. */
export type SlotRefusal = 'bad-duration' | 'unknown-zone' | WindowRefusal | MalformedRow

const MAX_WINDOW_MS = 1100 * DAY_MIN * MINUTE_MS
const FIRST_MS = 0
const LAST_MS = Date.UTC(2200, 0, 1)

/** Starts are kept in [lowMin, highMin); `nowMin` moves a start already past. All in minutes since the epoch. */
export type Cut = { durationMin: number; nowMin: number; lowMin: number; highMin: number }

/** When a search looks, whatever it looks for. */
export type Window = Pick<SlotQuestion, 'fromMs' | 'toMs' | 'nowMs' | 'delays'>

/** Why a window makes no sense, null when it does: at most 1,100 days, between 1970 and 2200. */
export function whyNotLook({ fromMs, toMs, nowMs, delays }: Window): WindowRefusal | null {
  if (delays && !(Number.isFinite(delays.minMin) && Number.isFinite(delays.maxMin))) return 'bad-delays'
  if (!(fromMs < toMs)) return 'empty-window'
  if (fromMs < FIRST_MS || toMs > LAST_MS || toMs - fromMs > MAX_WINDOW_MS) return 'window-out-of-bounds'
  return nowMs >= FIRST_MS && nowMs <= LAST_MS ? null : 'window-out-of-bounds'
}

/** Why a question makes no sense, null when it does. */
export function whyNotSearch(question: SlotQuestion): SlotRefusal | null {
  const { durationMin, zone } = question
  if (!Number.isInteger(durationMin) || durationMin <= 0) return 'bad-duration'
  return whyNotLook(question) ?? (isZone(zone) ? null : 'unknown-zone')
}

/**
 * The window as minutes. Delays only filter, both inclusive: now + min ≤ start ≤ now + max, to the minute and never
 * rounded to the end of the day. Starts before now never come out, so the low bound is at least now.
 */
export function cutOf({ durationMin, fromMs, toMs, nowMs, delays }: SlotQuestion): Cut {
  const nowMin = Math.ceil(nowMs / MINUTE_MS)
  const lowMin = Math.max(Math.ceil(fromMs / MINUTE_MS), nowMin, Math.ceil(nowMs / MINUTE_MS + (delays?.minMin ?? 0)))
  const latestMin = delays ? Math.floor(nowMs / MINUTE_MS + delays.maxMin) + 1 : Infinity
  return { durationMin, nowMin, lowMin, highMin: Math.min(Math.ceil(toMs / MINUTE_MS), latestMin) }
}

/** The civil days a non-empty cut touches: all that can matter, since the grid of a day depends on that day alone. */
export const frameOfCut = ({ zone, department }: SlotQuestion, { lowMin, highMin }: Cut): Frame =>
  frameOf(zone, department, lowMin * MINUTE_MS, highMin * MINUTE_MS)
