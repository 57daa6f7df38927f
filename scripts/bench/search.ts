import { createDb, type Db } from '@/db/client'
import { loadGroup } from '@/server/booking/queries/slots'
import { loadTunnel } from '@/server/booking/queries/tunnel'
import { inOneStatement, inRead } from '@/server/platform/ctx'
import { anybody, tunnelOf, walkTunnels, type Question, type TunnelQuestions } from './questions'
import type { BenchResult } from './result'
import { flightsOf, recording, sequentialScans, type Statement } from './statements'
import { percentileOf, timeOf } from './statistics'

/** Lens, Amiens, Saint-Denis de La Réunion: one commune a territory of the demo. */
const COMMUNES = ['62498', '80021', '97411']
const ROUNDS = 11
const WARM_UP_ROUNDS = 6
/** A page's own, and those of the availability itself (docs/performance.md). */
const MAX_STATEMENTS = { page: 6, availability: 3 }
const MAX_FLIGHTS = { page: 2, availability: 1 }

type Step = keyof TunnelQuestions
type Ask = (tunnel: ReturnType<typeof tunnelOf>, query: Question) => Promise<unknown>

const STEPS: readonly { step: Step; name: string; ask: Ask }[] = [
  { step: 'services', name: 'services', ask: (tunnel, query) => tunnel.listServices(query) },
  { step: 'motifs', name: 'motifs', ask: (tunnel, query) => tunnel.listMotifs(query) },
  { step: 'places', name: 'places', ask: (tunnel, query) => tunnel.listPlaces(query) },
  { step: 'slots', name: 'slots', ask: (tunnel, query) => tunnel.searchSlots(query) },
]

export function openDb(poolSize: number) {
  const url = process.env['DATABASE_URL']
  if (!url) throw new Error('DATABASE_URL is missing')
  return createDb(url, { poolSize, applicationName: 'bench', prepares: true })
}

/** Throws when a count passes its limit: more statements is a regression, whatever the time. */
export function countResult(
  name: string,
  counts: readonly number[],
  most: number,
  unit: 'statements' | 'flights' = 'statements',
): BenchResult {
  const value = Math.max(...counts)
  if (value > most) throw new Error(`${name}: ${value} ${unit}, ${most} at most`)
  return { name: `${name}, ${unit}`, value, unit, runs: counts.length }
}

/** Times of one kind of question: half of them are faster than p50, one in twenty slower than p95. */
export const timeResults = (name: string, times: readonly number[], runs: number): BenchResult[] => [
  { name: `${name}, p50`, value: percentileOf(times, 0.5), unit: 'ms', runs },
  { name: `${name}, p95`, value: percentileOf(times, 0.95), unit: 'ms', runs },
]

/** Asks every question in turn, round after round, and answers the times of the rounds that count. */
export async function timesOfRounds<Asked>(
  questions: readonly Asked[],
  ask: (question: Asked) => Promise<unknown>,
  rounds = ROUNDS,
): Promise<number[]> {
  const times: number[] = []
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const question of questions) {
      const ms = await timeOf(() => ask(question))
      if (round >= 0) times.push(ms)
    }
  }
  return times
}

/** Statements of the availability alone: openings, absences, busy time of every agent at once. */
async function availabilityOf(db: Db, { slots }: TunnelQuestions): Promise<readonly Statement[]> {
  const recorded = recording(db)
  const ctx = anybody(recorded.db)
  const tunnel = await inRead(ctx, (read) => loadTunnel(read, slots))
  recorded.forget()
  await inOneStatement(ctx, (read) => loadGroup(read, tunnel, tunnel.chosen, slots.lieu ?? 'any'))
  return recorded.statements
}

/** How many statements each question sent, and how many times it waited for an answer. */
const countResults = (name: string, sent: readonly (readonly Statement[])[], of: 'page' | 'availability') => [
  countResult(
    name,
    sent.map((statements) => statements.length),
    MAX_STATEMENTS[of],
  ),
  countResult(name, sent.map(flightsOf), MAX_FLIGHTS[of], 'flights'),
]

async function benchStep(db: Db, tunnels: readonly TunnelQuestions[], { step, name, ask }: (typeof STEPS)[number]) {
  const questions = tunnels.map((questionsOf) => questionsOf[step])
  const recorded = recording(db)
  const sent: Statement[][] = []
  for (const question of questions) {
    recorded.forget()
    await ask(tunnelOf(recorded.db), question)
    sent.push([...recorded.statements])
  }
  const times = await timesOfRounds(questions, (question) => ask(tunnelOf(db), question))
  return [...countResults(name, sent, 'page'), ...timeResults(name, times, ROUNDS)]
}

/** Each step of the public tunnel on the demo data, through the product's own door; and the page of slots, to be fetched. */
export async function benchSearch(): Promise<{ results: BenchResult[]; tunnel: TunnelQuestions }> {
  const { db, close } = openDb(4)
  try {
    const tunnels: TunnelQuestions[] = []
    for (const commune of COMMUNES) tunnels.push(...(await walkTunnels(db, commune)))
    const [tunnel] = tunnels
    if (!tunnel) throw new Error('the demo data offers no slot')
    const results: BenchResult[] = []
    for (const one of STEPS) results.push(...(await benchStep(db, tunnels, one)))
    const sent: (readonly Statement[])[] = []
    for (const one of tunnels) sent.push(await availabilityOf(db, one))
    results.push(...countResults('availability', sent, 'availability'))
    return { results, tunnel }
  } finally {
    await close()
  }
}

/** Throws on a statement that reads a big table from end to end. */
export async function refuseSequentialScans(db: Db, statements: ReturnType<typeof recording>['statements']) {
  const faults = await sequentialScans(db, statements)
  if (faults.length > 0) throw new Error(`sequential scans:\n${faults.join('\n')}`)
}
