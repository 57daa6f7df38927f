import { sql } from 'drizzle-orm'
import type { Status } from '../rules/status'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'

export type KeyedBooking = { rdvId: number; agentId: number; participationId: number; linkId: number; startMs: number }

/** What was booked under this key, or null. */
export async function findBookingByKey({ db }: ReadCtx, bookingKey: string): Promise<KeyedBooking | null> {
  const [row] = await db.execute<{ [Key in keyof KeyedBooking]: number }>(sql`
    select r.id::float8 as "rdvId", t.agent_id::float8 as "agentId", p.id::float8 as "participationId",
           l.id::float8 as "linkId", extract(epoch from r.starts_at)::float8 * 1000 as "startMs"
    from rdvs r
    join agent_times t on t.rdv_id = r.id
    join participations p on p.rdv_id = r.id
    join rdv_links l on l.participation_id = p.id and l.revoked_at is null
    where p.booking_key = ${bookingKey}::uuid
    order by t.agent_id, p.id, l.id
    limit 1`)
  return row ?? null
}

/**
 * RDVs and sessions to come this person holds for the motifs behind one choice. Counted under the person's lock: two tabs can't
 * both be the last. Those of confidential motifs never count: whoever typed somebody's name would learn of them
 * (docs/decisions/0035).
 */
export async function loadOpenRdvCount(
  { db, now }: ReadCtx,
  { usagerId, motifIds }: { usagerId: number; motifIds: readonly number[] },
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count
    from participations p join rdvs r on r.id = p.rdv_id join motifs m on m.id = r.motif_id and not m.is_confidential
    where p.usager_id = ${usagerId} and p.status = 'unknown' and r.motif_id = any(${idsSql(motifIds)})
      and r.status = 'unknown' and r.starts_at > ${instantSql(now)}`)
  return row?.count ?? 0
}

/** The motifs the public chooses as one with this: of its territory and service, by the same name, received alike. */
export async function listMotifsAlike({ db }: ReadCtx, motifId: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select alike.id::float8 as id from motifs m
    join motifs alike on alike.territory_id = m.territory_id and alike.service_id = m.service_id
      and alike.location_type = m.location_type
      and lower(coalesce(alike.public_name, alike.name)) = lower(coalesce(m.public_name, m.name))
    where m.id = ${motifId}`)
  return rows.map(({ id }) => id)
}

/** This person's part in an RDV, or null. */
export async function findParticipation(
  { db }: ReadCtx,
  { rdvId, usagerId }: { rdvId: number; usagerId: number },
): Promise<{ participationId: number; status: Status } | null> {
  const [row] = await db.execute<{ participationId: number; status: Status }>(sql`
    select id::float8 as "participationId", status from participations
    where rdv_id = ${rdvId} and usager_id = ${usagerId}`)
  return row ?? null
}
