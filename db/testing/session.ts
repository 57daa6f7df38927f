import { sql } from 'drizzle-orm'
import type { Db } from '../client'
import type { BookablePlace } from './booking'

type Given = { maxSeats?: number | null; title?: string | null }

/** A workshop of one hour at this place, with its first agent: its id. */
export async function makeSession(
  db: Db,
  { territory, organisation, motif, lieu, agents }: BookablePlace,
  startAt: Date,
  { maxSeats = 12, title = null }: Given = {},
): Promise<number> {
  const [row] = await db.execute<{ id: number }>(sql`
    with rdv as (
      insert into rdvs (territory_id, organisation_id, motif_id, lieu_id, starts_at, ends_at, is_collective, max_seats, title, author_kind, updated_at)
      values (${territory.id}, ${organisation.id}, ${motif.id}, ${lieu.id}, ${startAt.toISOString()},
              ${new Date(startAt.getTime() + 3_600_000).toISOString()}, true, ${maxSeats}, ${title}, 'agent', now())
      returning id, starts_at, ends_at, occupies
    ), time as (
      insert into agent_times (agent_id, kind, rdv_id, starts_at, ends_at, occupies)
      select ${agents[0]?.id}, 'rdv', id, starts_at, ends_at, occupies from rdv
    )
    select id::float8 as id from rdv`)
  return row?.id ?? 0
}
