import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { createDb } from '@/db/client'
import { ctxFor } from '@/db/testing/booking'
import { ownDatabase } from '@/db/testing/database'
import { done, refused } from '@/server/kernel/outcome'
import { inTransaction } from './ctx'
import { readHealth } from './health'
import type { LedgerEvent } from './ledger'
import { drainOutbox } from './outbox'

const BOUND = [
  { kind: 'rdv.booked', reaction: 'tellUsager' },
  { kind: 'rdv.booked', reaction: 'callWebhooks' },
  { kind: 'rdv.moved', reaction: 'tellUsager' },
]
const LARGE = 10_000

const house = await ownDatabase({ poolSize: 8 })
const { db } = house
beforeEach(() => db.execute(sql`truncate outbox, graphile_worker._private_jobs`))

const fact = (kind: string, id = 1, over: Partial<LedgerEvent> = {}): LedgerEvent => ({
  kind,
  territoryId: null,
  subject: { kind: 'rdv', id },
  ...over,
})

const tell = (...told: LedgerEvent[]) =>
  inTransaction<null, never>(ctxFor(db), async (tx) => {
    await Promise.all(told.map((event) => tx.emit(event)))
    return done(null)
  })

/** `count` facts of one kind, told at once. */
const tellMany = (kind: string, count: number) => tell(...Array.from({ length: count }, (_, i) => fact(kind, i + 1)))

/** Jobs in the queue, by reaction; `doubled` when two are for one event and one reaction. */
async function jobs() {
  const rows = await db.execute<{ reaction: string; count: number; doubled: boolean }>(sql`
    select payload->>'reaction' as reaction, count(*)::integer as count,
           count(*) <> count(distinct payload->>'eventId') as doubled
    from graphile_worker._private_jobs group by 1 order by 1`)
  return [...rows]
}

async function waiting() {
  const [row] = await db.execute<{ count: number }>(sql`select count(*)::integer as count from outbox`)
  return row?.count
}

test('makes one job for each reaction bound to a fact, none for the others, and forgets both', async () => {
  await tell(fact('rdv.booked'), fact('rdv.created'), fact('rdv.moved'))
  expect(await waiting()).toBe(3)
  expect(await drainOutbox(db, BOUND, LARGE)).toHaveLength(3)
  expect(await jobs()).toEqual([
    { reaction: 'callWebhooks', count: 1, doubled: false },
    { reaction: 'tellUsager', count: 2, doubled: false },
  ])
  expect(await drainOutbox(db, BOUND, LARGE)).toHaveLength(0)
  expect(await waiting()).toBe(0)
})

test('takes no more than asked, the oldest first', async () => {
  await tellMany('rdv.moved', 5)
  expect(await drainOutbox(db, BOUND, 2)).toHaveLength(2)
  const [row] = await db.execute(sql`
    select (select max((payload->>'eventId')::bigint) from graphile_worker._private_jobs) < (select min(event_id) from outbox) as oldest`)
  expect(row).toEqual({ oldest: true })
})

test('a refusal leaves nothing in the outbox', async () => {
  await inTransaction(ctxFor(db), async (tx) => {
    await tx.emit(fact('rdv.booked'))
    return refused('slot-taken')
  })
  expect(await waiting()).toBe(0)
})

test('workers side by side take each fact once', async () => {
  await tellMany('rdv.moved', 300)
  const worker = async () => {
    while ((await drainOutbox(db, BOUND, 7)).length > 0);
  }
  await Promise.all(Array.from({ length: 6 }, worker))
  // A worker stops at an outbox whose last facts another holds: what that one took is counted too.
  expect(await waiting()).toBe(0)
  expect(await jobs()).toEqual([{ reaction: 'tellUsager', count: 300, doubled: false }])
})

test('passes over what another worker holds, and finds it again if that one gives up', async () => {
  await tellMany('rdv.moved', 20)
  const givenUp = db.transaction(async (tx) => {
    expect(await drainOutbox(tx, BOUND, 12)).toHaveLength(12)
    expect(await drainOutbox(db, BOUND, LARGE)).toHaveLength(8)
    throw new Error('gives up')
  })
  await expect(givenUp).rejects.toThrow('gives up')
  expect(await drainOutbox(db, BOUND, LARGE)).toHaveLength(12)
  expect(await jobs()).toEqual([{ reaction: 'tellUsager', count: 20, doubled: false }])
})

/** Waits until the backend of that name waits for a lock, then kills it. */
async function killWaiting(applicationName: string) {
  for (;;) {
    const killed = await db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = ${applicationName} and wait_event_type = 'Lock'`)
    if (killed.length > 0) return
  }
}

test('a worker killed half-way loses and doubles nothing', async () => {
  await tellMany('rdv.moved', 20)
  const dying = createDb(house.url, { poolSize: 1, applicationName: 'dying', prepares: true })
  await db.transaction(async (tx) => {
    await tx.execute(sql`lock table graphile_worker._private_jobs in exclusive mode`)
    const drained = expect(drainOutbox(dying.db, BOUND, LARGE)).rejects.toThrow()
    await killWaiting('dying')
    await drained
  })
  void dying.close()
  expect(await waiting()).toBe(20)
  expect(await drainOutbox(db, BOUND, LARGE)).toHaveLength(20)
  expect(await jobs()).toEqual([{ reaction: 'tellUsager', count: 20, doubled: false }])
})

test('facts told in one breath keep their order, and each its own values', async () => {
  await tell(
    fact('rdv.moved', 971, { values: [{ field: 'startsAt', from: 1, to: 2 }] }),
    fact('rdv.created', 972),
    fact('rdv.status-set', 973, { values: [{ field: 'status', from: 'unknown', to: 'seen', usagerId: 5 }] }),
  )
  const rows = await db.execute(sql`
    select e.kind, e.subject_id::integer as id, v.field, v.old_value as "from", v.usager_id::integer as usager
    from events e left join event_values v on v.event_id = e.id where e.subject_id between 971 and 973 order by e.id`)
  expect([...rows]).toEqual([
    { kind: 'rdv.moved', id: 971, field: 'startsAt', from: 1, usager: null },
    { kind: 'rdv.created', id: 972, field: null, from: null, usager: null },
    { kind: 'rdv.status-set', id: 973, field: 'status', from: 'unknown', usager: 5 },
  ])
})

test('health counts what waits in the outbox, and says when it is too old', async () => {
  await db.execute(sql`insert into worker_heartbeats (worker_id, beat_at) values ('alive', now())`)
  await tell(fact('rdv.booked'), fact('rdv.booked'))
  expect(await readHealth(db)).toMatchObject({ ok: true, queue: { waiting: 2 } })
  await db.execute(sql`update outbox set created_at = now() - interval '10 minutes'`)
  expect(await readHealth(db)).toMatchObject({ ok: false, queue: { waiting: 2, oldestSec: 600 } })
})
