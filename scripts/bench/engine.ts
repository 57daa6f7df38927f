import { DAY_MIN, MINUTE_MS, instantMs } from '@/server/scheduling/rules/civil'
import { uniqueStartsMin } from '@/server/scheduling/rules/slot-table'
import { nextAvailability, searchSlots } from '@/server/scheduling/rules/slots'
import { firstStartMin, sweepPairs, unionOf } from './bound'
import type { BenchResult } from './result'
import { SCALING, W1, W2, W3, type Workload, type WorkloadSpec, makeWorkload } from './workloads'

const MIN_RUNS = 31
const MAX_RUNS = 1000
const WARM_UP_RUNS = 20
const ENOUGH_MS = 1500

type Answer = { pairs: number; starts: number }

function searchWithEngine({ agendas, question }: Workload): Answer {
  const table = searchSlots(agendas, question)
  if (!table.ok) throw new Error(`the engine refused the workload: ${table.reason}`)
  return { pairs: table.value.count, starts: uniqueStartsMin(table.value).length }
}

function searchWithBound(workload: Workload): Answer {
  const pairs = sweepPairs(workload)
  return { pairs: pairs.count, starts: unionOf(pairs).length }
}

function nextWithEngine({ agendas, question }: Workload): number {
  const first = nextAvailability(agendas, question)
  if (!first.ok || !first.value) throw new Error('the engine found no availability')
  return first.value.startMs / MINUTE_MS
}

function expect(what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return
  throw new Error(`wrong answer, ${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
}

const medianOf = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN

function timeOf(run: () => unknown): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** Times of each function in milliseconds, called in turn so that the noise of the machine falls on all alike. */
function timesOf(functions: readonly (() => unknown)[]): number[][] {
  const times = functions.map(() => [] as number[])
  const start = performance.now()
  for (let run = -WARM_UP_RUNS; run < MIN_RUNS || (run < MAX_RUNS && performance.now() - start < ENOUGH_MS); run++) {
    functions.forEach((one, i) => {
      const ms = timeOf(one)
      if (run >= 0) times[i]?.push(ms)
    })
  }
  return times
}

function compare(name: string, engine: () => unknown, bound: () => unknown): BenchResult[] {
  const [engineMs = [], boundMs = []] = timesOf([engine, bound])
  const [value, floor, runs] = [medianOf(engineMs), medianOf(boundMs), engineMs.length]
  return [
    { name, value, unit: 'ms', ratioToBound: value / floor, runs },
    { name: `${name} (bound)`, value: floor, unit: 'ms', ratioToBound: 1, runs },
  ]
}

function benchSearch(name: string, spec: WorkloadSpec, golden: Answer): BenchResult[] {
  const workload = makeWorkload(spec)
  const checked = (search: (workload: Workload) => Answer) => () => expect(name, search(workload), golden)
  return compare(name, checked(searchWithEngine), checked(searchWithBound))
}

function benchNext(): BenchResult[] {
  const workload = makeWorkload(W3)
  const golden = instantMs(workload.zone, '2027-04-30', 540)
  const fromMs = instantMs(workload.zone, '2027-04-30', 0)
  const dayOfIt = { ...workload.question, fromMs, toMs: fromMs + DAY_MIN * MINUTE_MS }
  expect('W3, that day', searchWithEngine({ ...workload, question: dayOfIt }), { pairs: 50 * 12, starts: 12 })
  return compare(
    'W3 next availability',
    () => expect('W3', nextWithEngine(workload), golden / MINUTE_MS),
    () => expect('W3', firstStartMin(workload), golden / MINUTE_MS),
  )
}

/** Least-squares slope of log time against log size. */
function exponentOf(points: readonly (readonly [size: number, ms: number])[]): number {
  const logs = points.map(([size, ms]) => [Math.log(size), Math.log(ms)] as const)
  const mean = (at: 0 | 1) => logs.reduce((sum, point) => sum + point[at], 0) / logs.length
  const [x, y] = [mean(0), mean(1)]
  const along = logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return along / logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}

function benchGrowth({ name, sizes }: (typeof SCALING)[number]): BenchResult {
  const workloads = sizes.map(([, spec]) => makeWorkload(spec))
  for (const workload of workloads) expect(`growth with ${name}`, searchWithEngine(workload), searchWithBound(workload))
  const times = timesOf(workloads.map((workload) => () => searchWithEngine(workload)))
  const value = exponentOf(sizes.map(([size], i) => [size, medianOf(times[i] ?? [])] as const))
  return { name: `growth with ${name}`, value, unit: 'exponent', runs: times[0]?.length ?? 0 }
}

/** The slot engine from rows to slots against the bound; golden answers are checked at every run. */
export async function benchEngine(): Promise<BenchResult[]> {
  return [
    ...benchSearch('W1 search', W1, { pairs: 853, starts: 60 }),
    ...benchSearch('W2 search', W2, { pairs: 155_995, starts: 684 }),
    ...benchNext(),
    ...SCALING.map(benchGrowth),
  ]
}
