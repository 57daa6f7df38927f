import { sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'

/** A reaction bound to a kind of event. */
export type Bound = { kind: string; reaction: string }

/**
 * Takes at most `limit` facts out of the outbox, the oldest first, and makes a job for each reaction bound to their kind.
 * Answers which it took. One statement: a worker killed half-way took nothing; workers side by side pass over each
 * other's facts.
 */
export async function drainOutbox(db: Db | Tx, bound: readonly Bound[], limit: number): Promise<number[]> {
  const [row] = await db.execute<{ taken: number[] }>(sql`
    with taken as (
      delete from outbox
      where event_id = any(array(select event_id from outbox order by event_id limit ${limit} for update skip locked))
      returning event_id, kind
    ), jobs as (
      select array_agg(('react', json_build_object('eventId', event_id, 'reaction', reaction), null, null, null, null, null, null)
                       ::graphile_worker.job_spec order by event_id) as specs
      from taken join jsonb_to_recordset(${JSON.stringify(bound)}::jsonb) as bound (kind text, reaction text) using (kind)
      having count(*) > 0
    ), queued as (
      select count(*) from jobs, graphile_worker.add_jobs(jobs.specs)
    )
    select (select coalesce(json_agg(event_id), '[]') from taken) as taken, (select count from queued) as queued`)
  return row?.taken ?? []
}

/** An event whose job was queued by the release before the outbox, still serving while this one starts. */
export async function tellAgain(db: Db, eventId: number): Promise<void> {
  await db.execute(sql`
    insert into outbox (event_id, kind) select id, kind from events where id = ${eventId} on conflict do nothing`)
}
