import { sql, type SQL } from 'drizzle-orm'
import type { Digest } from '@/server/access/rules/preferences'
import type { LocationType } from '@/server/directory/rules/motif'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { instantMs, addDays } from '@/server/scheduling/rules/civil'

/** Whoever chose to be told of their days; in the zone of the first place they work at. */
export type DigestReader = { agentId: number; email: string; choice: Exclude<Digest, 'none'>; zone: string }

export async function listDigestReaders({ db }: ReadCtx, agentId: number | 'any'): Promise<DigestReader[]> {
  const isThem = agentId === 'any' ? sql`true` : sql`a.id = ${agentId}`
  const rows = await db.execute<DigestReader>(sql`
    select a.id::float8 as "agentId", a.email, a.digest as choice, place.zone
    from agents a
    cross join lateral (
      select t.zone from agent_roles r join territories t on t.id = r.territory_id
      where r.agent_id = a.id order by r.organisation_id limit 1) place
    where a.digest <> 'none' and a.email is not null and a.deleted_at is null and ${isThem}
    order by a.id`)
  return [...rows]
}

/**
 * One RDV of a day, as a mailbox may hold it; `title` of a session, else its people. Of a confidential motif neither what it is
 * for, nor who comes, nor where: null, and nobody (docs/decisions/0026).
 */
export type DigestRdv = {
  rdvId: number
  startAt: Date
  zone: string
  isConfidential: boolean
  motifName: string | null
  title: string | null
  people: string[]
  locationType: LocationType | null
  placeName: string | null
}

const unlessConfidential = (value: SQL): SQL => sql`case when not m.is_confidential then ${value} end`

/**
 * The RDVs of an agent on a day of their clock, in order, cancelled ones left out: those of organisations where they still
 * work. The others are theirs no more to read.
 */
export async function listDigestRdvs(
  { db }: ReadCtx,
  { agentId, zone, onDay }: { agentId: number; zone: string; onDay: string },
): Promise<DigestRdv[]> {
  const [from, to] = [onDay, addDays(onDay, 1)].map((day) => new Date(instantMs(zone, day, 0)))
  if (!from || !to) return []
  const rows = await db.execute<Omit<DigestRdv, 'startAt'> & { start_ms: number }>(sql`
    select r.id::float8 as "rdvId", extract(epoch from r.starts_at)::float8 * 1000 as start_ms, t.zone,
           m.is_confidential as "isConfidential", ${unlessConfidential(sql`m.name`)} as "motifName", ${unlessConfidential(sql`r.title`)} as title,
           ${unlessConfidential(sql`m.location_type`)} as "locationType", ${unlessConfidential(sql`l.name`)} as "placeName",
           (select coalesce(json_agg(concat_ws(' ', u.first_name, u.last_name) order by p.id), '[]')
            from participations p join usagers u on u.id = p.usager_id
            where p.rdv_id = r.id and p.status not in ('excused', 'revoked') and not m.is_confidential) as people
    from agent_times part
    join rdvs r on r.id = part.rdv_id
    join territories t on t.id = r.territory_id
    join motifs m on m.id = r.motif_id
    left join lieux l on l.id = r.lieu_id
    where part.agent_id = ${agentId} and part.occupies
      and part.starts_at >= ${instantSql(from)} and part.starts_at < ${instantSql(to)}
      and exists (select from agent_roles role where role.agent_id = ${agentId} and role.organisation_id = r.organisation_id)
    order by r.starts_at, r.id limit 100`)
  return rows.map(({ start_ms, ...rdv }) => ({ ...rdv, startAt: new Date(start_ms) }))
}
