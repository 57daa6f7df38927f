import { spawn } from 'node:child_process'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  adminOf,
  heldNow,
  bookingQuestion,
  ctxFor,
  NOW,
  standing,
  tally,
  type BookablePlace,
} from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { makeBookablePlace, makeUsager } from '@/db/testing/make'
import { bookSlot } from './book-slot'
import { WARNING_KINDS } from '../rules/warnings'
import { createRdv } from './create-rdv'
import { rescheduleRdv } from './reschedule-rdv'
import { setStatus } from './set-status'

const CONNECTIONS = 50
const SLOT_MS = 30 * 60_000

const database = await ownDatabase({ poolSize: CONNECTIONS })
const { db } = database

/** Seeded, so that a failure can be played again (mulberry32). */
function randomFrom(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** Every half hour from 9:00 to 12:00 in Paris, from Tuesday 2 March 2027 on. */
const startsOfDays = (days: number): Date[] =>
  Array.from({ length: days }, (_, day) =>
    Array.from({ length: 6 }, (_, slot) => new Date(Date.UTC(2027, 2, 2 + day, 8) + slot * SLOT_MS)),
  ).flat()

/** Runs `count` steps, `CONNECTIONS` at a time. */
async function inParallel(count: number, step: (i: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await step(next++)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
}

test('a storm of 20,000 attempts over 50 connections fills every place, and no deadlock reaches anybody', async () => {
  const place = await makeBookablePlace(db, { agentCount: 20 })
  const starts = startsOfDays(9).slice(0, 50)
  const random = randomFrom(2027)
  const outcomes: { ok: boolean; reason?: string }[] = []
  await inParallel(20_000, async () => {
    outcomes.push(await bookSlot(ctxFor(db), bookingQuestion(place, starts[random(starts.length)] ?? NOW)))
  })
  expect(tally(outcomes)).toEqual({ done: 1_000, 'slot-taken': 19_000 })
  expect(await standing(db, place)).toEqual({ overlaps: 0, rdvs: 1_000, people: 1_000, bookings: 1_000 })
}, 300_000)

type LedgerRow = {
  kind: string
  rdv_id: number
  agent_id: number
  start_ms: number
  length_ms: number
  to_status: string | null
  moved_to: string | null
  acknowledged: boolean | null
}

/**
 * Plays the ledger again, in order: whoever takes an agent's time writes under the agent's lock, so the events of one
 * agent stand in the order things happened. Says which online booking, or reopened RDV, met a live one.
 */
function overlapsInHistory(rows: readonly LedgerRow[]): string[] {
  const live = new Map<number, { agentId: number; startMs: number; endMs: number }>()
  const time = new Map<number, { agentId: number; startMs: number; endMs: number }>()
  const faults: string[] = []
  for (const row of rows) {
    const known = time.get(row.rdv_id)
    const startMs = row.moved_to ? Date.parse(row.moved_to) : (known?.startMs ?? row.start_ms)
    const mine = { agentId: row.agent_id, startMs, endMs: startMs + row.length_ms }
    const isReopened = row.kind === 'rdv.status-set' && row.to_status === 'unknown' && !live.has(row.rdv_id)
    if (row.kind === 'rdv.booked' || isReopened) {
      for (const [id, other] of live) {
        const meets = other.agentId === mine.agentId && other.startMs < mine.endMs && mine.startMs < other.endMs
        if (meets && id !== row.rdv_id) faults.push(`${row.kind} ${String(row.rdv_id)} over ${String(id)}`)
      }
    }
    time.set(row.rdv_id, mine)
    if (row.to_status === 'excused' || row.to_status === 'revoked') live.delete(row.rdv_id)
    else live.set(row.rdv_id, mine)
  }
  return faults
}

test('over 10,000 random concurrent steps, no online RDV ever takes the time of a live one', async () => {
  const place = await makeBookablePlace(db, { agentCount: 5 })
  const usager = await makeUsager(db, place.territory.id)
  const admin = adminOf(place, place.agents[0]?.id ?? 0)
  const asAdmin = () => ctxFor(db, { actor: admin })
  const starts = startsOfDays(3)
  const random = randomFrom(10_000)
  const rdvIds: { id: number; startAt: Date }[] = []
  const anyStart = () => starts[random(starts.length)] ?? NOW
  const anyRdv = () => rdvIds[random(rdvIds.length)]
  const answers: { ok: boolean; reason?: string }[] = []

  const book = async () => {
    const startAt = anyStart()
    const outcome = await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
    if (outcome.ok) rdvIds.push({ id: outcome.value.rdvId, startAt })
    return outcome
  }
  const place15MinutesLate = async () => {
    const startAt = new Date(anyStart().getTime() + 15 * 60_000 * random(2))
    const agentIds = [place.agents[random(5)]?.id ?? 0]
    const acknowledged = WARNING_KINDS.filter((kind) => kind !== 'overlap' || random(2) === 0)
    const outcome = await createRdv(asAdmin(), {
      motifId: place.motif.id,
      lieuId: place.lieu.id,
      startAt,
      agentIds,
      usagerIds: [usager.id],
      acknowledged,
    })
    if (outcome.ok) rdvIds.push({ id: outcome.value.rdvId, startAt })
    return outcome
  }
  const move = async () => {
    const rdv = anyRdv()
    if (!rdv) return book()
    const startAt = anyStart()
    const acknowledged = WARNING_KINDS.filter((kind) => kind !== 'overlap' || random(3) === 0)
    const outcome = await rescheduleRdv(asAdmin(), { ...(await heldNow(db, rdv.id)), startAt, acknowledged })
    if (outcome.ok) rdv.startAt = startAt
    return outcome
  }
  const change = (from: 'unknown' | 'revoked', to: 'unknown' | 'revoked') => async () => {
    const rdv = anyRdv()
    return rdv ? setStatus(asAdmin(), { rdvId: rdv.id, from, to }) : book()
  }
  const steps = [
    book,
    book,
    book,
    place15MinutesLate,
    move,
    change('unknown', 'revoked'),
    change('unknown', 'revoked'),
    change('revoked', 'unknown'),
  ]
  await inParallel(10_000, async () => {
    const step = steps[random(steps.length)] ?? book
    answers.push(await step())
  })

  const counts = tally(answers)
  expect(counts['done']).toBeGreaterThan(1_000)
  expect(counts['overlap']).toBeGreaterThan(100)
  const history = await db.execute<LedgerRow>(sql`
    select e.kind, e.subject_id::float8 as rdv_id, t.agent_id::float8 as agent_id,
           coalesce((select extract(epoch from (v.old_value #>> '{}')::timestamptz)::float8 * 1000
              from events m join event_values v on v.event_id = m.id where m.subject_id = e.subject_id and m.kind = 'rdv.moved' order by m.id limit 1),
            extract(epoch from r.starts_at)::float8 * 1000) as start_ms,
           extract(epoch from r.ends_at - r.starts_at)::float8 * 1000 as length_ms,
           e.payload->>'to' as to_status,
           (select v.new_value #>> '{}' from event_values v where v.event_id = e.id and v.field = 'startsAt') as moved_to,
           (e.payload->>'acknowledgedOverlap')::boolean as acknowledged
    from events e join rdvs r on r.id = e.subject_id join agent_times t on t.rdv_id = r.id
    where e.territory_id = ${place.territory.id} and e.subject_kind = 'rdv'
    order by e.id`)
  expect(history.length).toBeGreaterThan(1_000)
  expect(overlapsInHistory(history)).toEqual([])
  // And the database's own view: two live times of one agent meet only where an agent said so.
  const [bad] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from agent_times a join agent_times b
      on a.agent_id = b.agent_id and a.id < b.id and a.during && b.during
    where a.occupies and b.occupies and a.exclusive and b.exclusive`)
  expect(bad?.count).toBe(0)
}, 300_000)

describe('a process killed mid-way', () => {
  /** Books as fast as it can until it dies. */
  const bookUntilKilled = (place: BookablePlace, killAfterMs: number) =>
    new Promise<void>((resolve) => {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', path.join(process.cwd(), 'db/testing/book-forever.ts')],
        {
          env: { ...process.env, DATABASE_URL: database.url, PLACE: JSON.stringify(place) },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      child.once('exit', () => resolve())
      child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), killAfterMs))
    })

  test('leaves nothing half-written', async () => {
    const place = await makeBookablePlace(db, { agentCount: 20 })
    for (const killAfterMs of [40, 90, 170]) await bookUntilKilled(place, killAfterMs)
    const [row] = await db.execute<Record<string, number>>(sql`
      select count(*)::integer as rdvs,
             count(*) filter (where exists (select 1 from agent_times t where t.rdv_id = r.id))::integer as times,
             count(*) filter (where exists (select 1 from participations p where p.rdv_id = r.id))::integer as people,
             count(*) filter (where exists (select 1 from rdv_links l where l.rdv_id = r.id and l.token_hash is not null))::integer as links,
             count(*) filter (where exists (select 1 from events e where e.subject_id = r.id and e.kind = 'rdv.booked'
               and exists (select 1 from outbox o where o.event_id = e.id)))::integer as told,
             (select count(*)::integer from usagers u where u.territory_id = ${place.territory.id}
               and not exists (select 1 from participations p where p.usager_id = u.id)) as strays
      from rdvs r where r.territory_id = ${place.territory.id}`)
    const count = row?.['rdvs'] ?? 0
    expect(count).toBeGreaterThan(0)
    expect(row).toEqual({ rdvs: count, times: count, people: count, links: count, told: count, strays: 0 })
  })
})
