import { sql } from 'drizzle-orm'

/**
 * Whether the RDV of the row `rdvs` was knowingly placed over another, and still stands with another of its agents'. Busy
 * is busy: of that other nothing is said (docs/decisions/0017).
 */
export const isOverbookedSql = sql`(rdvs.occupies and exists (
  select from agent_times mine join agent_times other on other.agent_id = mine.agent_id and other.occupies
    and other.starts_at < mine.ends_at and other.ends_at > mine.starts_at
    and other.starts_at > mine.starts_at - interval '24 hours' and other.rdv_id is distinct from mine.rdv_id
  where mine.rdv_id = rdvs.id and not mine.exclusive))`
