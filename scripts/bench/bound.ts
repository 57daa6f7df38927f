import type { Workload, WorkloadAgent } from './workloads'

/**
 * The bound: the least work that gives a workload's exact answer, plain loops over raw facts, no rule of the product.
 * Knows weekly openings, whole-day holidays, absences and bookings; nothing else. Its figures make ours comparable.
 */
export type Pairs = { count: number; agentId: Int32Array; startMin: Int32Array }

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

type DayTable = { midnightMin: Int32Array; weekday: Uint8Array; isHoliday: Uint8Array }
const tables = new Map<string, DayTable>()

function offsetMin(format: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
  return (Date.UTC(year, month - 1, day, hour, minute) - ms) / MINUTE_MS
}

/** Midnights, weekdays and holidays of the queried days. Clocks change at night, so noon tells the offset of office hours. */
function dayTable(workload: Workload): DayTable {
  const key = `${workload.zone} ${workload.baseDay} ${workload.queryDays}`
  const known = tables.get(key)
  if (known) return known
  const [timeZone, count] = [workload.zone, workload.queryDays]
  const numeric = 'numeric'
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
  })
  const baseMs = Date.parse(`${workload.baseDay}T00:00:00Z`)
  const table = { midnightMin: new Int32Array(count), weekday: new Uint8Array(count), isHoliday: new Uint8Array(count) }
  for (let i = 0; i < count; i++) {
    const dayMs = baseMs + i * DAY_MS
    table.midnightMin[i] = dayMs / MINUTE_MS - offsetMin(format, dayMs + DAY_MS / 2)
    table.weekday[i] = new Date(dayMs).getUTCDay() || 7
    table.isHoliday[i] = workload.holidays.includes(new Date(dayMs).toISOString().slice(0, 10)) ? 1 : 0
  }
  tables.set(key, table)
  return table
}

let busyStart = new Int32Array(1024)
let busyEnd = new Int32Array(1024)

/** An agent's bookings (sorted) and absences (few) within the window, sorted, in minutes, in the two columns above. */
function layBusy({ bookings, absences }: WorkloadAgent, fromMin: number, toMin: number): number {
  const room = bookings.length + absences.length
  if (room > busyStart.length) [busyStart, busyEnd] = [new Int32Array(room * 2), new Int32Array(room * 2)]
  let count = 0
  for (const booking of bookings) {
    const start = booking[0] / MINUTE_MS
    const end = booking[1] / MINUTE_MS
    if (end <= fromMin || start >= toMin) continue
    busyStart[count] = start
    busyEnd[count++] = end
  }
  for (const absence of absences) {
    const start = absence.startMs / MINUTE_MS
    const end = absence.endMs / MINUTE_MS
    if (end <= fromMin || start >= toMin) continue
    let at = count++
    for (; at > 0 && (busyStart[at - 1] as number) > start; at--) {
      busyStart[at] = busyStart[at - 1] as number
      busyEnd[at] = busyEnd[at - 1] as number
    }
    busyStart[at] = start
    busyEnd[at] = end
  }
  return count
}

function growPairs(pairs: Pairs): void {
  const twice = (column: Int32Array) => {
    const longer = new Int32Array(column.length * 2)
    longer.set(column)
    return longer
  }
  pairs.agentId = twice(pairs.agentId)
  pairs.startMin = twice(pairs.startMin)
}

const maskOf = (weekdays: readonly number[]): number => weekdays.reduce((mask, weekday) => mask | (1 << weekday), 0)
const endOf = ({ midnightMin }: DayTable, day: number): number =>
  day < midnightMin.length ? (midnightMin[day] as number) : (midnightMin[day - 1] as number) + 1440

/** Every (agent, start) of the workload. */
export function sweepPairs(workload: Workload): Pairs {
  const pairs: Pairs = { count: 0, agentId: new Int32Array(1024), startMin: new Int32Array(1024) }
  const { durationMin, queryDays } = workload
  const { midnightMin, weekday, isHoliday } = dayTable(workload)
  const push = (agentId: number, startMin: number) => {
    if (pairs.count === pairs.startMin.length) growPairs(pairs)
    pairs.agentId[pairs.count] = agentId
    pairs.startMin[pairs.count++] = startMin
  }
  for (const agent of workload.agents) {
    const count = layBusy(agent, midnightMin[0] as number, endOf({ midnightMin, weekday, isHoliday }, queryDays))
    for (const opening of agent.openings) {
      const mask = maskOf(opening.weekdays)
      let passed = 0
      for (let day = 0; day < queryDays; day++) {
        if (((mask >> (weekday[day] as number)) & 1) === 0 || isHoliday[day] === 1) continue
        let at = (midnightMin[day] as number) + opening.startMin
        const end = (midnightMin[day] as number) + opening.endMin
        while (passed < count && (busyEnd[passed] as number) <= at) passed++
        for (let k = passed; k < count && (busyStart[k] as number) < end; k++) {
          const start = busyStart[k] as number
          for (; at + durationMin <= start; at += durationMin) push(agent.id, at)
          if ((busyEnd[k] as number) > at) at = busyEnd[k] as number
        }
        for (; at + durationMin <= end; at += durationMin) push(agent.id, at)
      }
    }
  }
  return pairs
}

/** The distinct starts among pairs, ascending. */
export function unionOf({ count, startMin }: Pairs): Int32Array {
  if (count === 0) return new Int32Array(0)
  let [low, high] = [startMin[0] as number, startMin[0] as number]
  for (let i = 1; i < count; i++) {
    const start = startMin[i] as number
    if (start < low) low = start
    else if (start > high) high = start
  }
  const bits = new Uint32Array(((high - low) >>> 5) + 1)
  for (let i = 0; i < count; i++) setBit(bits, (startMin[i] as number) - low)
  return listBits(bits, low)
}

function setBit(bits: Uint32Array, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] as number) | (1 << (at & 31))
}

function listBits(bits: Uint32Array, low: number): Int32Array {
  let count = 0
  for (const word of bits) for (let rest = word; rest; rest &= rest - 1) count++
  const starts = new Int32Array(count)
  let k = 0
  for (let i = 0; i < bits.length; i++) {
    for (let rest = bits[i] as number; rest; rest = (rest & (rest - 1)) >>> 0) {
      starts[k++] = low + (i << 5) + 31 - Math.clz32(rest & -rest)
    }
  }
  return starts
}

/** The distinct starts in days [fromDay, toDay), no pair written down. */
function sweepUnion(workload: Workload, fromDay: number, toDay: number): Int32Array {
  const { durationMin } = workload
  const { midnightMin, weekday, isHoliday } = dayTable(workload)
  const fromMin = midnightMin[fromDay] as number
  const toMin = endOf({ midnightMin, weekday, isHoliday }, toDay)
  const bits = new Uint32Array(((toMin - fromMin) >>> 5) + 1)
  for (const agent of workload.agents) {
    const count = layBusy(agent, fromMin, toMin)
    for (const opening of agent.openings) {
      const mask = maskOf(opening.weekdays)
      let passed = 0
      for (let day = fromDay; day < toDay; day++) {
        if (((mask >> (weekday[day] as number)) & 1) === 0 || isHoliday[day] === 1) continue
        let at = (midnightMin[day] as number) + opening.startMin
        const end = (midnightMin[day] as number) + opening.endMin
        while (passed < count && (busyEnd[passed] as number) <= at) passed++
        for (let k = passed; k < count && (busyStart[k] as number) < end; k++) {
          const start = busyStart[k] as number
          for (; at + durationMin <= start; at += durationMin) setBit(bits, at - fromMin)
          if ((busyEnd[k] as number) > at) at = busyEnd[k] as number
        }
        for (; at + durationMin <= end; at += durationMin) setBit(bits, at - fromMin)
      }
    }
  }
  return listBits(bits, fromMin)
}

/** The first start of the workload, week after week; null when there is none. */
export function firstStartMin(workload: Workload): number | null {
  for (let day = 0; day < workload.queryDays; day += 7) {
    const first = sweepUnion(workload, day, Math.min(day + 7, workload.queryDays))[0]
    if (first !== undefined) return first
  }
  return null
}
