import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { capturedMessages, rateLimits, workerHeartbeats } from '@/db/schema'
import { eq, lt } from 'drizzle-orm'
import { instantSql } from './sql'

/** Silence after which what a worker held is given to another: looked at every ten seconds, within a minute of its death. */
const DEAD_AFTER_SEC = 40

/** A sign of life of one worker process. */
export async function beat(db: Db, workerId: string, now: Date): Promise<void> {
  await db
    .insert(workerHeartbeats)
    .values({ workerId, beatAt: now })
    .onConflictDoUpdate({ target: workerHeartbeats.workerId, set: { beatAt: now } })
}

/** A worker that stops cleanly leaves nothing behind. */
export async function forgetWorker(db: Db, workerId: string): Promise<void> {
  await db.delete(workerHeartbeats).where(eq(workerHeartbeats.workerId, workerId))
}

/** Workers that hold jobs or queues and have given no sign of life for forty seconds. */
export async function listSilentWorkers(db: Db, now: Date): Promise<string[]> {
  const since = sql`${instantSql(now)} - make_interval(secs => ${DEAD_AFTER_SEC})`
  const rows = await db.execute<{ workerId: string }>(sql`
    select distinct locked_by as "workerId"
    from (select locked_by, locked_at from graphile_worker._private_jobs
          union all select locked_by, locked_at from graphile_worker._private_job_queues) as held
    where locked_at < ${since}
      and not exists (select 1 from worker_heartbeats where worker_id = locked_by and beat_at >= ${since})
    order by 1`)
  return rows.map((row) => row.workerId)
}

/** Months of the ledger made ahead. Answers how many tables were missing. */
export async function makeMonthPartitions(db: Db, now: Date): Promise<number> {
  const [row] = await db.execute<{ made: number }>(
    sql`select make_month_partitions((${instantSql(now)} at time zone 'UTC')::date, 12) as made`,
  )
  return row?.made ?? 0
}

const MESSAGES_KEPT_DAYS = 30
const DEAD_JOBS_KEPT_DAYS = 30

/** Counters whose window is over, messages and jobs given up 30 days ago, heartbeats of workers long gone. */
export async function purgePlatform(db: Db, now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await db.delete(rateLimits).where(lt(rateLimits.expiresAt, now))
  await db.delete(capturedMessages).where(lt(capturedMessages.createdAt, daysAgo(MESSAGES_KEPT_DAYS)))
  await db.execute(sql`
    delete from graphile_worker._private_jobs
    where attempts >= max_attempts and locked_at is null and updated_at < ${instantSql(daysAgo(DEAD_JOBS_KEPT_DAYS))}`)
  await db.delete(workerHeartbeats).where(lt(workerHeartbeats.beatAt, daysAgo(1)))
}
