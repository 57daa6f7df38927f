import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import type { LocationType } from './rules/motif'

/** A motif anybody may book online, with what the tunnel says of it. */
export type PublicMotif = {
  id: number
  territoryId: number
  organisationId: number
  organisationName: string
  organisationPhone: string | null
  serviceId: number
  serviceName: string
  serviceShortName: string
  name: string
  publicName: string | null
  locationType: LocationType
  isCollective: boolean
  isConfidential: boolean
  durationMin: number
  minLeadMin: number
  maxLeadMin: number
  restriction: string | null
  instructions: string | null
  asksBirthDate: boolean
  visibility: string
}

type PublicMotifRow = { [Key in keyof PublicMotif]: PublicMotif[Key] } & Record<string, unknown>

/**
 * Motifs open to everyone in these territories, with at least one live opening or one session to come with a seat left
 * (domain §2.6; a motif without any would lead to a dead end). Sectorised motifs wait for their sectors.
 */
export async function loadPublicMotifs(
  { db, now }: ReadCtx,
  { territoryIds, motifIds }: { territoryIds: readonly number[]; motifIds?: readonly number[] },
): Promise<PublicMotif[]> {
  const rows = await db.execute<PublicMotifRow>(sql`
    select m.id::float8 as id, m.territory_id::float8 as "territoryId", m.organisation_id::float8 as "organisationId",
           o.name as "organisationName", o.phone as "organisationPhone",
           s.id::float8 as "serviceId", s.name as "serviceName", s.short_name as "serviceShortName",
           m.name, m.public_name as "publicName", m.location_type as "locationType", m.is_collective as "isCollective",
           m.is_confidential as "isConfidential", m.duration_min as "durationMin", m.min_lead_min as "minLeadMin",
           m.max_lead_min as "maxLeadMin", m.restriction, m.instructions, m.asks_birth_date as "asksBirthDate", m.visibility
    from motifs m
    join organisations o on o.id = m.organisation_id
    join services s on s.id = m.service_id
    where m.territory_id = any(${idsSql(territoryIds)}) and m.deleted_at is null
      and m.bookable_by = 'everyone' and not m.is_follow_up and m.sectorisation_level = 'departement'
      ${motifIds === undefined ? sql`` : sql`and m.id = any(${idsSql(motifIds)})`}
      and case when m.is_collective
        then exists (select 1 from rdvs r where r.motif_id = m.id and r.starts_at > ${instantSql(now)} and r.status = 'unknown'
                       and (r.max_seats is null or r.seats_taken < r.max_seats))
        else exists (select 1 from opening_motifs om join openings p on p.id = om.opening_id
                       join agents a on a.id = p.agent_id and a.deleted_at is null
                       join agent_roles role on role.agent_id = p.agent_id and role.organisation_id = p.organisation_id
                       where om.motif_id = m.id
                         and (p.last_day is null or p.last_day >= ${instantSql(now)}::date - 1
                              or exists (select 1 from opening_exceptions x
                                         where x.opening_id = p.id and x.to_day >= ${instantSql(now)}::date - 1)))
      end
    order by coalesce(m.public_name, m.name) collate "fr-x-icu", m.id
    limit 2000`)
  return [...rows]
}

export type LieuFacts = {
  id: number
  territoryId: number
  name: string
  address: string
  cityCode: string | null
  latitude: number | null
  longitude: number | null
  phone: string | null
  hours: string | null
  accessibilityNote: string | null
}

/** Lieux that receive people, by id. */
export async function loadLieux({ db }: ReadCtx, ids: readonly number[]): Promise<LieuFacts[]> {
  const rows = await db.execute<LieuFacts & Record<string, unknown>>(sql`
    select id::float8 as id, territory_id::float8 as "territoryId", name, address, city_code as "cityCode", latitude, longitude, phone, hours,
           accessibility_note as "accessibilityNote"
    from lieux where id = any(${idsSql(ids)}) and availability = 'enabled' order by id`)
  return [...rows]
}
