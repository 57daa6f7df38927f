import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { inRead, type Ctx } from './ctx'

const LISTED = 50

/** A job as the back-office shows it. `error` is the name and the code of its last error: the queue is given no more. */
export type JobLine = {
  readonly jobId: number
  readonly task: string
  readonly attempts: number
  readonly maxAttempts: number
  readonly runsAt: Date
  readonly error: string | null
  readonly state: 'failed' | 'retrying' | 'waiting' | 'running'
}

type Row = Omit<JobLine, 'runsAt'> & { runsMs: number }

const stateSql = sql`case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
  when j.attempts > 0 then 'retrying' else 'waiting' end`

/** What the queue holds: how many in each state, and those to look at, given up first, then by the time they run. */
export const listJobs = (ctx: Ctx): Promise<{ counts: Record<JobLine['state'], number>; jobs: JobLine[] }> =>
  inRead(ctx, async ({ db }) => {
    const totals = await db.execute<{ state: JobLine['state']; count: number }>(
      sql`select ${stateSql} as state, count(*)::integer as count from graphile_worker._private_jobs j group by 1`,
    )
    const rows = await db.execute<Row>(sql`
      select j.id::float8 as "jobId", t.identifier as task, j.attempts, j.max_attempts as "maxAttempts",
             extract(epoch from j.run_at)::float8 * 1000 as "runsMs", j.last_error as error, ${stateSql} as state
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      order by j.attempts >= j.max_attempts desc, j.run_at, j.id limit ${LISTED}`)
    const counts = { failed: 0, retrying: 0, waiting: 0, running: 0 }
    for (const { state, count } of totals) counts[state] = count
    return { counts, jobs: rows.map(({ runsMs, ...job }) => ({ ...job, runsAt: new Date(runsMs) })) }
  })

/** Puts a job given up back into the queue, with all its tries. False when it is gone, or under way. */
export async function retryQueuedJob(db: Tx, jobId: number): Promise<boolean> {
  const rows = await db.execute(sql`
    select id from graphile_worker.reschedule_jobs(${`{${String(jobId)}}`}::bigint[], run_at := now(), attempts := 0)`)
  return rows.length === 1
}
