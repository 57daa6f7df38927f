import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { agents, capturedMessages, workerHeartbeats } from '@/db/schema'
import { ownDatabase } from '@/db/testing/database'
import { requestLink } from './access/commands/request-link'
import { ANONYMOUS } from './kernel/actor'
import { makeCtx } from './platform/ctx'
import { listSilentWorkers, purgePlatform } from './platform/upkeep'
import { startWorker } from './worker'

const house = await ownDatabase()

const isForBlanc = ({ recipient }: { recipient: string }) => recipient === 'c.blanc@cd62.example'

/** Waits until `read` answers something, at most ten seconds. */
async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const value = await read()
    if (value !== undefined) return value
    await pause(50)
  }
  throw new Error('never happened')
}

test('dispatches an event to its reaction, beats, and leaves no trace once stopped', async () => {
  const worker = await startWorker(house.url)
  await house.db.insert(agents).values({ lastName: 'Roy', email: 'a.roy@cd62.example', activatedAt: new Date() })
  const ctx = makeCtx(house.db, { actor: ANONYMOUS, now: new Date(), requestId: 't', clientAddress: null })
  await requestLink(ctx, { email: 'a.roy@cd62.example', purpose: 'sign-in' })

  const mail = await eventually(async () => (await house.db.select().from(capturedMessages))[0])
  expect(mail).toMatchObject({ recipient: 'a.roy@cd62.example', subject: '[test] Votre lien de connexion' })
  expect(await house.db.select().from(workerHeartbeats)).toHaveLength(1)

  await worker.stop()
  expect(await house.db.select().from(workerHeartbeats)).toEqual([])
})

test('beats until the last of its jobs is over: stopping, it is not taken for dead', async () => {
  const worker = await startWorker(house.url, { beatMs: 50 })
  let [isLocked, isHeld] = [false, true]
  const holding = house.db.transaction(async (tx) => {
    await tx.execute(sql`lock table rate_limits`)
    isLocked = true
    while (isHeld) await pause(20)
  })
  await eventually(() => Promise.resolve(isLocked || undefined))
  await house.db.execute(sql`select graphile_worker.add_job('purge-platform')`)
  await eventually(async () => {
    const rows = await house.db.execute(sql`select from graphile_worker._private_jobs where locked_at is not null`)
    return rows.length > 0 || undefined
  })
  const stopped = worker.stop()
  await pause(300)
  const lastBeat = async () => (await house.db.select().from(workerHeartbeats))[0]?.beatAt.getTime() ?? 0
  const beforeMs = await lastBeat()
  await pause(500)
  expect(await lastBeat()).toBeGreaterThan(beforeMs)
  isHeld = false
  await Promise.all([holding, stopped])
  expect(await house.db.select().from(workerHeartbeats)).toEqual([])
})

test('hears of the facts an older release queued a dispatch job for', async () => {
  await house.db.insert(agents).values({ lastName: 'Blanc', email: 'c.blanc@cd62.example', activatedAt: new Date() })
  const ctx = makeCtx(house.db, { actor: ANONYMOUS, now: new Date(), requestId: 't', clientAddress: null })
  await requestLink(ctx, { email: 'c.blanc@cd62.example', purpose: 'sign-in' })
  const worker = await startWorker(house.url)
  const mail = await eventually(async () => (await house.db.select().from(capturedMessages)).find(isForBlanc))
  await house.db.execute(sql`
    select graphile_worker.add_job('dispatch', json_build_object('eventId', max(id))) from events where kind = 'agent.link-requested'`)
  await eventually(async () => (await house.db.select().from(capturedMessages)).filter(isForBlanc)[1])
  await worker.stop()
  expect(mail.recipient).toBe('c.blanc@cd62.example')
})

test('frees at boot the jobs of a worker that died', async () => {
  await house.db.execute(sql`select graphile_worker.add_job('purge-platform')`)
  await house.db.execute(sql`
    update graphile_worker._private_jobs set locked_by = 'dead', locked_at = now() - interval '2 minutes'`)
  const worker = await startWorker(house.url)
  await eventually(async () => {
    const left = await house.db.execute(sql`select 1 from graphile_worker._private_jobs where locked_by = 'dead'`)
    return left.length === 0 || undefined
  })
  await eventually(async () => {
    const left = await house.db.execute(sql`select 1 from graphile_worker._private_jobs`)
    return left.length === 0 || undefined
  })
  await worker.stop()
})

test('does not touch the jobs of a worker that beats, nor those just taken', async () => {
  const now = new Date()
  await house.db.insert(workerHeartbeats).values({ workerId: 'alive', beatAt: now })
  await house.db.execute(
    sql`select graphile_worker.add_job('purge-platform'), graphile_worker.add_job('purge-platform')`,
  )
  await house.db.execute(sql`
    update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes',
      locked_by = case when id = (select min(id) from graphile_worker._private_jobs) then 'alive' else 'gone' end`)
  expect(await listSilentWorkers(house.db, now)).toEqual(['gone'])
  await house.db.execute(sql`update graphile_worker._private_jobs set locked_at = now()`)
  expect(await listSilentWorkers(house.db, now)).toEqual([])
})

test('a job that fails leaves neither e-mail, words nor link in the queue', async () => {
  const email = 'b.petit@cd62.example'
  await house.db.insert(agents).values({ lastName: 'Petit', email, activatedAt: new Date() })
  await house.db.execute(
    sql`alter table captured_messages add constraint closed check (recipient = 'nobody') not valid`,
  )
  const worker = await startWorker(house.url)
  const ctx = makeCtx(house.db, { actor: ANONYMOUS, now: new Date(), requestId: 't', clientAddress: null })
  await requestLink(ctx, { email, purpose: 'sign-in' })
  const [failed] = await eventually(async () => {
    const rows = await house.db.execute<{ error: string }>(
      sql`select last_error as error from graphile_worker._private_jobs where last_error is not null`,
    )
    return rows.length > 0 ? rows : undefined
  })
  await worker.stop()
  await house.db.execute(sql`delete from graphile_worker._private_jobs`)
  await house.db.execute(sql`alter table captured_messages drop constraint closed`)
  expect(failed?.error).toBe('PostgresError 23514')
})

test('purges the jobs given up 30 days ago, and no other', async () => {
  const now = new Date()
  await house.db.execute(sql`
    select graphile_worker.add_job(name, max_attempts => attempts) from (values ('old', 1), ('recent', 1), ('alive', 2)) as j(name, attempts)`)
  await house.db.execute(sql`alter table graphile_worker._private_jobs disable trigger user`)
  await house.db.execute(sql`
    update graphile_worker._private_jobs set attempts = 1, updated_at = now() - make_interval(days => days)
    from (values ('old', 31), ('recent', 29), ('alive', 31)) as j(name, days), graphile_worker._private_tasks as t
    where t.id = task_id and t.identifier = name`)
  await purgePlatform(house.db, now)
  const left = await house.db.execute<{ task: string }>(
    sql`select task_identifier as task from graphile_worker.jobs order by 1`,
  )
  expect(left.map(({ task }) => task)).toEqual(['alive', 'recent'])
})
