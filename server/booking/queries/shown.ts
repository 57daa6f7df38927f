import { sql } from 'drizzle-orm'

/** Whether the person sees the RDV `r` of the motif `m`: as was chosen for it, else as its motif says now (domain §5.6). */
export const isShownSql = sql`coalesce(r.shows_to_usager, m.visibility <> 'invisible')`
