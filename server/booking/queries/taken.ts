import { sql } from 'drizzle-orm'

/** Whether the time of an offer `o` that is held for nobody was taken: somebody was faster, online or on the agenda. */
export const isTakenSql = sql`(not o.is_held and exists (
  select from agent_times busy where busy.agent_id = o.agent_id and busy.occupies
    and busy.starts_at < o.ends_at and busy.ends_at > o.starts_at and busy.starts_at > o.starts_at - interval '24 hours'))`
