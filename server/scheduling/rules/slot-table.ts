import type { Source } from './agenda'
import { MINUTE_MS } from './civil'
import { twiceAsLong } from './interval'

/** A start somebody can be received at, half-open [startMs, endMs). */
export type Slot = { startMs: number; endMs: number; agentId: number; lieuId: number | null; openingId: number }

/**
 * Every slot found, as columns: agents by id, each agent's starts ascending, one slot per (start, agent, lieu).
 * Slot `i` starts at minute `startMin[i]` since the epoch and comes from `sources[source[i]]`; see `slotAt`.
 */
export type SlotTable = {
  durationMin: number
  count: number
  startMin: Int32Array
  source: Int32Array
  sources: readonly Source[]
}

/** The growing part of a table. */
export type Columns = Pick<SlotTable, 'count' | 'startMin' | 'source'>

/** Columns without any slot yet. */
export const noSlots = (capacity = 1024): Columns => ({
  count: 0,
  startMin: new Int32Array(capacity),
  source: new Int32Array(capacity),
})

/** Appends one slot. */
export function pushSlot(slots: Columns, startMin: number, source: number): void {
  if (slots.count === slots.startMin.length) {
    slots.startMin = twiceAsLong(slots.startMin)
    slots.source = twiceAsLong(slots.source)
  }
  slots.startMin[slots.count] = startMin
  slots.source[slots.count++] = source
}

const INDEX_ROOM = 2 ** 21

/**
 * Among the slots from index `first`, all of one agent: sorted by start, and of those with the same start and lieu only
 * the first one's opening stays.
 */
export function keepOnePerStartAndLieu(slots: Columns, first: number, sources: readonly Source[]): void {
  const keys = new Float64Array(slots.count - first)
  for (let i = first; i < slots.count; i++) {
    keys[i - first] = (slots.startMin[i] as number) * INDEX_ROOM + (slots.source[i] as number)
  }
  slots.count = first
  let lieux: (number | null | undefined)[] = []
  for (const key of keys.sort()) {
    const startMin = Math.floor(key / INDEX_ROOM)
    const source = key - startMin * INDEX_ROOM
    const lieuId = sources[source]?.lieuId
    if (slots.count === first || slots.startMin[slots.count - 1] !== startMin) lieux = []
    if (lieux.includes(lieuId)) continue
    lieux.push(lieuId)
    pushSlot(slots, startMin, source)
  }
}

/** The slot of a source at a start in minutes since the epoch. */
export function slotFrom({ opening, lieuId }: Source, startMin: number, durationMin: number): Slot {
  const startMs = startMin * MINUTE_MS
  const endMs = startMs + durationMin * MINUTE_MS
  return { startMs, endMs, agentId: opening.agentId, lieuId, openingId: opening.id }
}

/** Slot `i` of a table as an object. Throws beyond the table's count. */
export function slotAt(table: SlotTable, i: number): Slot {
  const source = i < table.count ? table.sources[table.source[i] as number] : undefined
  if (!source) throw new RangeError(`no slot ${i} in a table of ${table.count}`)
  return slotFrom(source, table.startMin[i] as number, table.durationMin)
}

/** The distinct starts of a table, ascending, in minutes since the epoch: what an usager chooses from. */
export function uniqueStartsMin({ count, startMin }: SlotTable): Int32Array {
  let low = startMin[0] ?? 0
  let high = low
  for (let i = 1; i < count; i++) {
    const start = startMin[i] as number
    if (start < low) low = start
    if (start > high) high = start
  }
  const isStart = new Uint8Array(count === 0 ? 0 : high - low + 1)
  let distinct = 0
  for (let i = 0; i < count; i++) {
    const minute = (startMin[i] as number) - low
    distinct += 1 - (isStart[minute] as number)
    isStart[minute] = 1
  }
  const starts = new Int32Array(distinct)
  for (let minute = isStart.indexOf(1), i = 0; i < distinct; minute = isStart.indexOf(1, minute + 1)) {
    starts[i++] = low + minute
  }
  return starts
}

/** Agent side: one slot per (start, agent), by start then agent id; of several lieux the first opening's. */
export const agentSlots = (table: SlotTable): Slot[] =>
  inOrder(table).filter((slot, i, all) => slot.startMs !== all[i - 1]?.startMs || slot.agentId !== all[i - 1]?.agentId)

/** User side: one slot per start, in order, standing for whoever is free then; the agent is chosen when booking. */
export const userSlots = (table: SlotTable): Slot[] =>
  inOrder(table).filter((slot, i, all) => slot.startMs !== all[i - 1]?.startMs)

function inOrder(table: SlotTable): Slot[] {
  const keys = Float64Array.from({ length: table.count }, (_, i) => (table.startMin[i] as number) * INDEX_ROOM + i)
  return Array.from(keys.sort(), (key) => slotAt(table, key % INDEX_ROOM))
}

/** The agents who have a slot at an instant, by id: the candidates of a booking. */
export function agentsAt(table: SlotTable, startMs: number): number[] {
  const agents = new Set<number>()
  for (let i = 0; i < table.count; i++) {
    if ((table.startMin[i] as number) * MINUTE_MS === startMs) agents.add(slotAt(table, i).agentId)
  }
  return [...agents]
}
