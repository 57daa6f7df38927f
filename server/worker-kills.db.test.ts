import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '@/db/seed/random'
import { adminOf, bookingQuestion, ctxFor, heldNow, type BookablePlace } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace } from '@/db/testing/make'
import { bookSlot } from './booking/commands/book-slot'
import { rescheduleRdv } from './booking/commands/reschedule-rdv'
import { WARNING_KINDS } from './booking/rules/warnings'
import { setStatus } from './booking/commands/set-status'
import type { AgentActor } from './kernel/actor'
import { listUntold } from './messaging/queries/untold'
import { killed, startMailbox, startPhones, startWorkerProcess } from './worker.test-model'

const DAY_MS = 86_400_000
const RDVS = 425
/** Beyond those of the facts; its figures are of nobody who is refused, nor busy. */
const A_RANK_THAT_IS_REACHED = 428
/** Jobs of a worker. */
const AT_ONCE = 4
const KILLS = 18
const SEED = 4004
/** It does on an idle machine in a minute or two. */
const LIMIT_MS = 420_000

const random = createRandom(SEED)
const house = await ownDatabase()
const { db } = house
let place: BookablePlace
let clerk: AgentActor
let mailbox: Awaited<ReturnType<typeof startMailbox>>
let phones: Awaited<ReturnType<typeof startPhones>>
/** Told of each message a server was given, before it answers; false when it is not to. */
let onTaken = () => true

/** The last figure of an address says how its server behaves: some refuse for good, some are busy the first time. */
const busyOnce = new Set<string>()
const saysNever = (...figures: readonly string[]) =>
  function says(to: string): 'yes' | 'later' | 'never' {
    const last = /(\d)(?:@|$)/.exec(to)?.[1] ?? ''
    if (figures.includes(last)) return 'never'
    if (last !== '2' || busyOnce.has(to)) return 'yes'
    busyOnce.add(to)
    return 'later'
  }

beforeAll(async () => {
  place = await makeBookablePlace(db, { agentCount: 12, motif: { maxLeadMin: 129_600 } })
  clerk = adminOf(place, place.agents[0]?.id ?? 0)
  await db.execute(sql`update territories set sends_from_min = 0, sends_until_min = 1440, sends_on = '{1,2,3,4,5,6,7}'`)
  await db.execute(sql`update openings set first_day = '2020-01-01'`)
  const taken = () => onTaken()
  mailbox = await startMailbox({ says: saysNever('7', '5'), taken })
  phones = await startPhones({ says: saysNever('3'), taken })
})
afterAll(async () => {
  await Promise.all(workers.map(killed))
  await Promise.all([mailbox.close(), phones.close()])
})

const now = () => new Date()
const workers: ChildProcess[] = []
async function start(): Promise<ChildProcess> {
  const worker = await startWorkerProcess({
    env: process.env,
    databaseUrl: house.url,
    smtpUrl: mailbox.url,
    smsHost: phones.host,
  })
  workers.push(worker)
  return worker
}
const asClerk = () => ctxFor(db, { actor: clerk, now: now() })

/** In the morning of a day to come: three starts a day, each with twelve agents. */
const slotAt = (rank: number): Date => {
  const midnightMs = Math.floor(Date.now() / DAY_MS) * DAY_MS
  const day = 4 + Math.floor(rank / 36)
  return new Date(midnightMs + day * DAY_MS + 8 * 3_600_000 + (rank % 3) * 30 * 60_000)
}

async function book(rank: number): Promise<number> {
  const question = bookingQuestion(place, slotAt(rank))
  const phone = `+336${String(20_000_000 + rank * 10 + (Math.floor(rank / 2) % 10))}`
  const person = {
    ...question.coordinates.person,
    email: `p${String(rank)}@example.org`,
    phone: { typed: phone, e164: phone },
  }
  const booked = await bookSlot(ctxFor(db, { now: now() }), { ...question, coordinates: { person, relative: null } })
  if (!booked.ok) throw new Error(booked.reason)
  return booked.value.rdvId
}

async function moveBy(rdvId: number, ms: number) {
  const held = await heldNow(db, rdvId)
  const moved = await rescheduleRdv(asClerk(), {
    ...held,
    startAt: new Date(held.startAt.getTime() + ms),
    acknowledged: [...WARNING_KINDS],
  })
  if (!moved.ok) throw new Error(moved.reason)
}
async function set(rdvId: number, from: 'unknown' | 'revoked', to: 'unknown' | 'revoked') {
  const outcome = await setStatus(asClerk(), { rdvId, from, to })
  if (!outcome.ok) throw new Error(outcome.reason)
}

/** What becomes of the RDVs, and how many: with their bookings, 1,000 facts. */
const FATES = { kept: 35, moved: 145, back: 80, cancelled: 60, restored: 60, 'moved-then-cancelled': 45 }
type Fate = keyof typeof FATES

async function live(rdvId: number, fate: Fate) {
  const away = 28 * DAY_MS
  if (fate === 'moved' || fate === 'back' || fate === 'moved-then-cancelled') await moveBy(rdvId, away)
  if (fate === 'back') await moveBy(rdvId, -away)
  if (fate === 'cancelled' || fate === 'restored' || fate === 'moved-then-cancelled')
    await set(rdvId, 'unknown', 'revoked')
  if (fate === 'restored') await set(rdvId, 'revoked', 'unknown')
}

/** Three at once, as people do. */
async function all<T, U>(things: readonly T[], work: (thing: T) => Promise<U>): Promise<U[]> {
  const left = [...things.entries()]
  const results: U[] = []
  const one = async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1])
  }
  await Promise.all([one(), one(), one()])
  return results
}

/** Waits until so many more messages were given to the servers, the last of which gets no answer, or none for so long. */
async function until(messages: number, idleMs: number) {
  let [left, lastAtMs] = [messages, performance.now()]
  const given = new Promise<void>((met) => {
    onTaken = () => {
      left -= 1
      lastAtMs = performance.now()
      if (left <= 0) met()
      return left !== 0
    }
  })
  const isIdle = async () => {
    while (performance.now() - lastAtMs < idleMs) await pause(100)
  }
  await Promise.race([given, isIdle()])
}

/** The minute of silence after which a dead worker is taken for dead, over. */
const silenceIsOver = () =>
  db.execute(sql`
    with jobs as (update graphile_worker._private_jobs set locked_at = locked_at - interval '2 minutes' where locked_at is not null),
         queues as (update graphile_worker._private_job_queues set locked_at = locked_at - interval '2 minutes' where locked_at is not null)
    update worker_heartbeats set beat_at = beat_at - interval '2 minutes'`)
/** What waits for its time has it: the two minutes of a change, the pause before another try. */
const timeComes = () =>
  db.execute(sql`update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null`)

const countWaiting = async () => {
  const [row] = await db.execute<{ count: number }>(sql`
    select ((select count(*) from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
             where t.identifier in ('react', 'tell-rdv', 'tell-agents', 'send-message')) + (select count(*) from outbox))::integer as count`)
  return row?.count ?? 0
}

/** A worker killed again and again, mostly as a server has its message and has not answered. */
async function diesOften(kills: number) {
  for (let left = kills; left > 0; left--) {
    await timeComes()
    const worker = await start()
    if (random.chance(0.7)) await until(random.int(1, 60), 3000)
    else await pause(random.int(0, 1200))
    await killed(worker)
    onTaken = () => true
    await silenceIsOver()
  }
}

/** A worker that lives, until there is nothing left to do. */
async function worksToTheEnd() {
  const worker = await start()
  while ((await countWaiting()) > 0) {
    await timeComes()
    await pause(300)
  }
  await killed(worker)
}

type Message = { key: string; state: string; channel: string; news: string; version: number }

/** Of each person: what stands, what they were last told, and every message they were sent of it, the newest last. */
async function readPeople() {
  return db.execute<{ id: number; isRight: boolean; version: number | null; messages: Message[] }>(sql`
    select p.id::float8 as id, t.version,
           case when r.status = 'unknown' then coalesce(t.is_on and t.starts_at = r.starts_at, false)
                else not coalesce(t.is_on, false) end as "isRight",
           (select coalesce(json_agg(json_build_object('key', key, 'state', state, 'channel', channel, 'news', news, 'version', version)
                                     order by id), '[]') from messages m where m.participation_id = p.id) as messages
    from participations p join rdvs r on r.id = p.rdv_id left join tellings t on t.participation_id = p.id order by p.id`)
}

function timesOf(keys: readonly string[]): Map<string, number> {
  const times = new Map<string, number>()
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  return times
}

/** In the same state as what the servers saw: sent is once there, failed is not, in doubt is once at most. */
const isTrue = ({ state, key }: Message, times: ReadonlyMap<string, number>): boolean => {
  const received = times.get(key) ?? 0
  if (state === 'sent') return received === 1
  return state === 'uncertain' ? received <= 1 : received === 0 && (state === 'failed' || state === 'dropped')
}

const isReminder = ({ news }: Message) => news === 'reminder'
const isLast =
  ({ version }: { version: number | null }) =>
  (message: Message) =>
    !isReminder(message) && message.version === version
const isOver = ({ state }: Message) => state === 'sent' || state === 'failed' || state === 'uncertain'
/** None of these arrived, for all anybody knows. */
const isUntold = (messages: readonly Message[]) =>
  messages.length > 0 && messages.every(({ state }) => state === 'failed' || state === 'uncertain')

test(
  'over 1,000 facts and 18 kills nothing is lost nor doubled, and what is in doubt is for the desk',
  async () => {
    const ranks = Array.from({ length: RDVS }, (_, rank) => rank)
    const fates = random.shuffled(
      Object.entries(FATES).flatMap(([fate, count]) => Array.from({ length: count }, () => fate as Fate)),
    )
    const [rdvIds] = await Promise.all([all(ranks, book), diesOften(KILLS / 3)])
    await worksToTheEnd()
    await all(ranks, (rank) => live(rdvIds[rank] ?? 0, fates[rank] ?? 'kept'))
    await diesOften(KILLS / 3)
    await worksToTheEnd()
    await db.execute(sql`update reminders set due_at = now()`)
    await db.execute(sql`select graphile_worker.add_job('remind-due')`)
    await diesOften(KILLS / 3)
    await worksToTheEnd()

    const [facts] = await db.execute<{ count: number }>(
      sql`select count(*)::integer as count from events where kind like 'rdv.%'`,
    )
    expect(facts?.count).toBe(1000)
    const received = [...mailbox.received, ...phones.received]
    const times = timesOf(received.map(({ key }) => key))
    expect([...times].filter(([, count]) => count > 1)).toEqual([])

    const people = await readPeople()
    expect(people.filter(({ isRight }) => !isRight)).toEqual([])
    const messages = people.flatMap((person) => person.messages)
    expect(messages.filter((message) => !isTrue(message, times))).toEqual([])

    const owed = people.filter(({ version }) => version !== null)
    const lastOf = (person: (typeof owed)[number]) => person.messages.filter(isLast(person))
    expect(owed.filter((person) => lastOf(person).length !== 2 || !lastOf(person).every(isOver))).toEqual([])
    const untold = owed.filter((person) => isUntold(lastOf(person)) || isUntold(person.messages.filter(isReminder)))
    const desk = await listUntold(asClerk())
    expect(desk.isCut).toBe(false)
    expect(desk.untold.map(({ participationId }) => participationId).sort()).toEqual(untold.map(({ id }) => id).sort())

    const uncertain = messages.filter(({ state }) => state === 'uncertain')
    expect(uncertain.length).toBeGreaterThan(0)
    expect(uncertain.length).toBeLessThanOrEqual(KILLS * AT_ONCE)
  },
  LIMIT_MS,
)

test(
  'what a worker held when it died, another takes up within a minute',
  async () => {
    const dying = await start()
    onTaken = () => false
    const before = mailbox.received.length
    await book(A_RANK_THAT_IS_REACHED)
    while (mailbox.received.length === before) await pause(50)
    const living = await start()
    await killed(dying)
    const diedAtMs = performance.now()
    onTaken = () => true
    while ((await countWaiting()) > 0) await pause(200)
    expect(performance.now() - diedAtMs).toBeLessThan(60_000)
    await killed(living)
  },
  LIMIT_MS,
)
