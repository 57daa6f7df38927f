import { sql, type SQL } from 'drizzle-orm'
import type { TakenTime } from '../rules/agent-views'

/**
 * Slots kept for people who wait, as rows to put beside the times of RDVs: which agent's, from when, until when, and how
 * long they are kept; nothing of whom. `which` is of `held`, of the wait `e` and of the territory `t`.
 */
export const heldTimesSql = (which: SQL): SQL => sql`
  select held.agent_id::float8 as agent_id, extract(epoch from held.starts_at)::float8 * 1000 as start_ms,
         extract(epoch from held.ends_at)::float8 * 1000 as end_ms, extract(epoch from o.until_at)::float8 * 1000 as until_ms
  from agent_times held
  join waitlist_offers o on o.id = held.offer_id
  join waitlist_entries e on e.id = o.entry_id
  join territories t on t.id = o.territory_id
  where held.kind = 'hold' and held.occupies and ${which}`

/** `agent_id`: null where one agenda is read. */
export type TakenRow = { agent_id: number | null; start_ms: number; end_ms: number; until_ms: number | null }

export const asTaken = ({ start_ms, end_ms, until_ms }: TakenRow): TakenTime => ({
  startAt: new Date(start_ms),
  endAt: new Date(end_ms),
  ...(until_ms !== null && { heldUntilAt: new Date(until_ms) }),
})
