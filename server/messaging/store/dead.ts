import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '@/server/platform/ctx'
import { isLiveSql } from '@/server/platform/jobs'
import { instantSql } from '@/server/platform/sql'
import { deadBefore } from '../rules/sending'
import { queueAgain } from '../store'

/** `m`: was to leave a while ago, and no job will see to it any more; those there are are read once, whatever the number of messages. */
const isDeadSql = (now: Date): SQL => {
  const before = instantSql(deadBefore(now))
  return sql`
    m.state in ('waiting', 'sending') and m.state_at < ${before} and (m.leaves_at is null or m.leaves_at < ${before})
    and m.id not in (
      select (j.payload ->> 'messageId')::bigint
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'send-message' and j.payload ->> 'messageId' is not null and ${isLiveSql})`
}

/**
 * Queues anew messages whose job has died, which is done once for each: so many at most, each in the place it had. What another
 * worker holds is left to it. Answers how many.
 */
export async function queueDeadAnew({ db, now }: TxCtx, atOnce: number): Promise<number> {
  const rows = await db.execute<{ messageId: number; reminderId: number | null; offerId: number | null }>(sql`
    update messages set queued_anew_at = ${instantSql(now)}
    where id in (
      select m.id from messages m where ${isDeadSql(now)} and m.queued_anew_at is null
      order by m.state_at, m.id limit ${atOnce} for update skip locked)
    returning id::float8 as "messageId", reminder_id::float8 as "reminderId", offer_id::float8 as "offerId"`)
  await queueAgain(db, [...rows], null)
  return rows.length
}

/** Those whose job has died again, so many at most, by one statement: whoever waits longest first. */
export async function listDeadAgain({ db, now }: TxCtx, atOnce: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select m.id::float8 as id from messages m where ${isDeadSql(now)} and m.queued_anew_at is not null
    order by m.state_at, m.id limit ${atOnce}`)
  return rows.map(({ id }) => id)
}

/**
 * Gives up one whose job has died again; one that was being given to its gateway may have left. Null when somebody else saw to
 * it meanwhile.
 */
export async function giveUpDead({ db, now }: TxCtx, messageId: number): Promise<'failed' | 'uncertain' | null> {
  const [row] = await db.execute<{ state: 'failed' | 'uncertain' }>(sql`
    update messages set state_at = ${instantSql(now)},
      state = case state when 'sending' then 'uncertain' else 'failed' end,
      failure = case state when 'sending' then null else 'gave-up' end
    where id = ${messageId} and state in ('waiting', 'sending') and state_at < ${instantSql(deadBefore(now))}
      and queued_anew_at is not null
    returning state`)
  return row?.state ?? null
}
