import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { bookingQuestion, ctxFor, type BookablePlace } from '@/db/testing/booking'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from '@/server/booking/commands/book-slot'
import { addDays, instantMs } from '@/server/scheduling/rules/civil'
import { makeFloor, type Floor } from './floor'
import type { BenchResult } from './result'
import { openDb } from './search'
import { recording } from './statements'
import { medianOf, percentileOf } from './statistics'

const CONNECTIONS = [1, 10, 50]
const RUNS = 7
const RUN_MS = 1200
const PLACES = 30
const AGENTS_PER_PLACE = 10
/** Up to the night the clocks change: no public holiday among them. */
const DAYS = 26
const STORMS = 7
const STORM = { connections: 50, agents: 10, starts: 10, attempts: 800 }

const SLOTS_A_DAY = 6

/** Every half hour from 9:00 to 12:00 in Paris, from Tuesday 2 March 2027 on: the hours of the places made here. */
const startOf = (slot: number): Date =>
  new Date(
    instantMs(
      'Europe/Paris',
      addDays('2027-03-02', Math.floor(slot / SLOTS_A_DAY)),
      9 * 60 + (slot % SLOTS_A_DAY) * 30,
    ),
  )

/** Numbers below a limit, the same at each bench (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

type Tally = { booked: number; refused: number; seconds: number; times: number[] }
type Attempt = () => Promise<boolean>

/** Attempts one after another on each connection, until the time or the attempts are spent. */
async function attemptAll(
  attempt: Attempt,
  connections: number,
  end: { ms?: number; attempts?: number },
): Promise<Tally> {
  const tally: Tally = { booked: 0, refused: 0, seconds: 0, times: [] }
  const start = performance.now()
  const untilMs = start + (end.ms ?? Infinity)
  let left = end.attempts ?? Infinity
  const client = async () => {
    while (left-- > 0 && performance.now() < untilMs) {
      const attemptMs = performance.now()
      const isBooked = await attempt()
      tally.times.push(performance.now() - attemptMs)
      tally[isBooked ? 'booked' : 'refused']++
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  tally.seconds = (performance.now() - start) / 1000
  return tally
}

const rateOf = ({ booked, seconds }: Tally) => booked / seconds

/** Somebody new each time, anywhere: a conflict is a start whose last agent was taken meanwhile. */
function anyBooking(db: Db, places: readonly BookablePlace[]): Attempt {
  const random = randomFrom(2027)
  return async () => {
    const place = places[random(places.length)]
    if (!place) throw new Error('no place')
    const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startOf(random(DAYS * SLOTS_A_DAY))))
    if (!outcome.ok && outcome.reason !== 'slot-taken') throw new Error(`refused: ${outcome.reason}`)
    return outcome.ok
  }
}

async function benchRates(places: readonly BookablePlace[], floor: Floor, connections: number): Promise<BenchResult[]> {
  const { db, close } = openDb(connections)
  try {
    const attempt = anyBooking(db, places)
    const least = floor.anyBooking(db)
    for (const one of [attempt, least]) await attemptAll(one, connections, { attempts: 20 * connections })
    const [ours, theirs]: [Tally[], Tally[]] = [[], []]
    for (let run = 0; run < RUNS; run++) {
      ours.push(await attemptAll(attempt, connections, { ms: RUN_MS }))
      theirs.push(await attemptAll(least, connections, { ms: RUN_MS / 2 }))
    }
    const [rate, bound] = [medianOf(ours.map(rateOf)), medianOf(theirs.map(rateOf))]
    const times = ours.flatMap((tally) => tally.times)
    const name = `bookings, ${connections} connection${connections > 1 ? 's' : ''}`
    return [
      { name, value: rate, unit: '/s', ratioToBound: rate / bound, runs: RUNS },
      { name: `${name} (one statement)`, value: bound, unit: '/s', ratioToBound: 1, runs: RUNS },
      { name: `${name}, p99`, value: percentileOf(times, 0.99), unit: 'ms', runs: RUNS },
      {
        name: `${name}, conflicts`,
        value: ours.reduce((sum, { refused }) => sum + refused, 0),
        unit: 'refused',
        runs: RUNS,
      },
    ]
  } finally {
    await close()
  }
}

/** Many for few places: every place filled once, whoever loses is told so, and soon. */
async function benchStorm(floor: Floor): Promise<BenchResult[]> {
  const { connections, agents, starts, attempts } = STORM
  const { db, close } = openDb(connections)
  try {
    const random = randomFrom(50)
    const [ours, theirs]: [Tally[], Tally[]] = [[], []]
    for (let storm = 0; storm < STORMS; storm++) {
      const place = await makeBookablePlace(db, { agentCount: agents })
      const hot = async () => (await bookSlot(ctxFor(db), bookingQuestion(place, startOf(random(starts))))).ok
      const tally = await attemptAll(hot, connections, { attempts })
      if (tally.booked !== agents * starts) throw new Error(`storm: ${tally.booked} booked of ${agents * starts}`)
      ours.push(tally)
      theirs.push(await attemptAll(await floor.hotBooking(db, agents, starts), connections, { attempts }))
    }
    await refuseOverlaps(db)
    const attemptsPerSecond = ({ booked, refused, seconds }: Tally) => (booked + refused) / seconds
    const [rate, bound] = [medianOf(ours.map(attemptsPerSecond)), medianOf(theirs.map(attemptsPerSecond))]
    const p99 = medianOf(ours.map(({ times }) => percentileOf(times, 0.99)))
    return [
      { name: 'hot slots, attempts', value: rate, unit: '/s', ratioToBound: rate / bound, runs: STORMS },
      { name: 'hot slots (one statement)', value: bound, unit: '/s', ratioToBound: 1, runs: STORMS },
      { name: 'hot slots, p99', value: p99, unit: 'ms', runs: STORMS },
    ]
  } finally {
    await close()
  }
}

async function refuseOverlaps(db: Db): Promise<void> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from agent_times a
    join agent_times b on a.agent_id = b.agent_id and a.id < b.id and a.during && b.during
    where a.occupies and b.occupies and a.exclusive and b.exclusive`)
  if (row?.count !== 0) throw new Error(`overlaps: ${String(row?.count)}`)
}

/** Statements a booking sends, `begin` and `commit` aside. */
async function countStatements(db: Db, place: BookablePlace): Promise<BenchResult> {
  const recorded = recording(db)
  const outcome = await bookSlot(ctxFor(recorded.db), bookingQuestion(place, startOf(0)))
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason}`)
  return { name: 'statements per booking', value: recorded.statements.length, unit: 'statements', runs: 1 }
}

/** The real command, alone and under load, against the one statement that would hold a booking without any rule. */
export async function benchBookings(): Promise<{ results: BenchResult[] }> {
  const { db, close } = openDb(10)
  try {
    const made = Array.from({ length: PLACES }, () => makeBookablePlace(db, { agentCount: AGENTS_PER_PLACE }))
    const places = await Promise.all(made)
    const floor = await makeFloor(db)
    const results: BenchResult[] = []
    for (const place of places.slice(0, 1)) results.push(await countStatements(db, place))
    for (const connections of CONNECTIONS) results.push(...(await benchRates(places, floor, connections)))
    results.push(...(await benchStorm(floor)))
    return { results }
  } finally {
    await close()
  }
}
