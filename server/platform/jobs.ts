import { sql } from 'drizzle-orm'
import { makeWorkerUtils } from 'graphile-worker'
import type { Tx } from '@/db/client'
import { instantSql } from './sql'

type Payload = Readonly<Record<string, string | number | boolean | null>>

/** Adds a job in the transaction of whoever asks for it: a change rolled back leaves no job behind. */
export async function enqueue(db: Tx, task: string, payload: Payload): Promise<void> {
  await db.execute(sql`select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json)`)
}

/** Whether a job `j` is under way, or has tries left. */
export const isLiveSql = sql`(j.locked_at is not null or j.attempts < j.max_attempts)`

/**
 * The same job for each of these, by one statement; none runs before `at`, when there is one. Of those that may run, the lowest
 * `priority` does first, reactions having 0. Each is tried `tries` times, each later than the one before; as the queue does by
 * itself, over four days, when it is not said.
 */
export async function enqueueAll(
  db: Tx,
  task: string,
  payloads: readonly Payload[],
  at: Date | null,
  { priority = 0, tries = null }: { priority?: number; tries?: number | null } = {},
): Promise<void> {
  if (payloads.length === 0) return
  await db.execute(sql`
    select count(*) from graphile_worker.add_jobs(array(
      select (${task}, payload, null, ${at ? instantSql(at) : sql`null`}, ${tries}::smallint, null, ${priority}, null)::graphile_worker.job_spec
      from json_array_elements(${JSON.stringify(payloads)}::json) as payload))`)
}

type Settling = { now: Date; byMs: number; atMostMs: number }

/**
 * Puts a job off by `byMs`: one asked again under the same key takes the place of the first, but runs no later than `atMostMs`
 * after the first was asked.
 */
export async function enqueueSettling(
  db: Tx,
  task: string,
  { payload, key }: { payload: Payload; key: string },
  { now, byMs, atMostMs }: Settling,
): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, job_key => ${key}, run_at => ${instantSql(now)} + interval '1 ms' *
      least(${byMs}::float8, greatest(0, ${atMostMs}::float8 - coalesce((
        select extract(epoch from clock_timestamp() - j.created_at) * 1000 from graphile_worker._private_jobs j
        where j.key = ${key} and j.locked_at is null), 0))))`)
}

/**
 * Puts several off, but one already asked under its key stays when it was to run: asked for ever, it runs all the same.
 * One statement, whatever their number.
 */
export async function enqueueOnceAt(
  db: Tx,
  task: string,
  jobs: readonly { payload: Payload; key: string }[],
  at: Date,
): Promise<void> {
  if (jobs.length === 0) return
  await db.execute(sql`
    select count(*) from graphile_worker.add_jobs(array(
      select (${task}, payload, null, ${instantSql(at)}, null, key, null, null)::graphile_worker.job_spec
      from json_to_recordset(${JSON.stringify(jobs)}::json) as job (payload json, key text)), true)`)
}

/** Frees the jobs of workers that died: graphile-worker itself would wait four hours. */
export async function freeJobsOf(connectionString: string, workerIds: string[]): Promise<void> {
  if (workerIds.length === 0) return
  const utils = await makeWorkerUtils({ connectionString })
  try {
    await utils.forceUnlockWorkers(workerIds)
  } finally {
    await utils.release()
  }
}
