import { sql, type SQL } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { idsSql, instantSql } from '@/server/platform/sql'
import { byPublicName, type LocationType, type OfferedMotif } from './rules/motif'

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

/** Whether an agent who has a place in an opening's organisation has one in that of motif `m` too: it may be another. */
export const worksForMotif = (opening: { agentId: SQL; organisationId: SQL }): SQL => sql`
  (m.organisation_id = ${opening.organisationId} or exists (select from agent_roles of_motif
    where of_motif.agent_id = ${opening.agentId} and of_motif.organisation_id = m.organisation_id))`

/**
 * Whether motif `m` is open to everyone, with at least one live opening or one session to come with a seat left (domain
 * §2.6; a motif without any would lead to a dead end). An invisible one would show nothing of the RDV just taken, a video
 * one needs a host. Sectorised motifs wait for their sectors. `offset 0` keeps the
 * question to one motif at a time: PostgreSQL would rather gather every opening and session to come of the platform.
 */
const isPublic = (now: Date): SQL => sql`
  m.deleted_at is null and m.bookable_by = 'everyone' and not m.is_follow_up and m.sectorisation_level = 'departement'
  and m.visibility <> 'invisible'
  and (m.location_type <> 'visio' or exists (select from territories t where t.id = m.territory_id and t.video_base_url is not null))
  and case when m.is_collective
    then exists (select from rdvs r where r.motif_id = m.id and r.starts_at > ${instantSql(now)} and r.status = 'unknown'
                   and (r.max_seats is null or r.seats_taken < r.max_seats) offset 0)
    else exists (select from opening_motifs om join openings p on p.id = om.opening_id
                   join agents a on a.id = p.agent_id and a.deleted_at is null
                   join agent_roles role on role.agent_id = p.agent_id and role.organisation_id = p.organisation_id
                   where om.motif_id = m.id and ${worksForMotif({ agentId: sql`p.agent_id`, organisationId: sql`p.organisation_id` })}
                     and (p.last_day is null or p.last_day >= ${instantSql(now)}::date - 1
                          or exists (select from opening_exceptions x
                                     where x.opening_id = p.id and x.to_day >= ${instantSql(now)}::date - 1 offset 0))
                   offset 0)
  end`

/** Whether motif `m` is public in a territory that serves the commune. */
const isPublicIn = (communeCode: string, now: Date): SQL => sql`
  m.territory_id = any(array(select t.id from communes c join territories t on t.department_number = c.department_number
                             where c.code = ${communeCode}))
  and ${isPublic(now)}`

async function readMotifs({ db }: ReadCtx, where: SQL): Promise<PublicMotif[]> {
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
    where ${where}
    limit 2000`)
  return [...rows].sort((a, b) => byPublicName(a, b) || a.id - b.id)
}

/** Those of some motifs of a territory that are public; by public name, then by id. */
export const loadPublicMotifs = (
  read: ReadCtx,
  { territoryIds, motifIds }: { territoryIds: readonly number[]; motifIds: readonly number[] },
): Promise<PublicMotif[]> =>
  readMotifs(
    read,
    sql`m.territory_id = any(${idsSql(territoryIds)}) and m.id = any(${idsSql(motifIds)}) and ${isPublic(read.now)}`,
  )

/** The same whether or not they are booked online: for who was given a slot of them by an agent. */
export const loadLiveMotifs = (
  read: ReadCtx,
  { territoryIds, motifIds }: { territoryIds: readonly number[]; motifIds: readonly number[] },
): Promise<PublicMotif[]> =>
  readMotifs(
    read,
    sql`m.territory_id = any(${idsSql(territoryIds)}) and m.id = any(${idsSql(motifIds)}) and m.deleted_at is null`,
  )

/** Motifs public in a commune, of one service when it has some there: a link may outlive a service's motifs. */
export function loadMotifsIn(
  read: ReadCtx,
  { communeCode, serviceId }: { communeCode: string; serviceId: number | undefined },
): Promise<PublicMotif[]> {
  const isOpen = isPublicIn(communeCode, read.now)
  if (serviceId === undefined) return readMotifs(read, isOpen)
  const isOfService = sql`m.service_id = ${serviceId}`
  return readMotifs(
    read,
    sql`(${isOfService} or not exists (select from motifs m where ${isOfService} and ${isOpen})) and ${isOpen}`,
  )
}

/** Names of the motifs public in a commune, each once a service and location type. */
export async function loadOfferedMotifs({ db, now }: ReadCtx, communeCode: string): Promise<OfferedMotif[]> {
  const rows = await db.execute<OfferedMotif & Record<string, unknown>>(sql`
    select distinct s.id::float8 as "serviceId", s.name as "serviceName", s.short_name as "serviceShortName",
           m.name, m.public_name as "publicName", m.location_type as "locationType"
    from motifs m join services s on s.id = m.service_id
    where ${isPublicIn(communeCode, now)}`)
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

const LIEU_FACTS = sql`
  id::float8 as id, territory_id::float8 as "territoryId", name, address, city_code as "cityCode", latitude, longitude, phone, hours,
  accessibility_note as "accessibilityNote"`

async function readLieux({ db }: ReadCtx, where: SQL): Promise<LieuFacts[]> {
  const rows = await db.execute<LieuFacts & Record<string, unknown>>(
    sql`select ${LIEU_FACTS} from lieux where ${where} and availability = 'enabled' order by id`,
  )
  return [...rows]
}

/**
 * A lieu that receives people, and the motifs that have or had openings or sessions there; null when it receives nobody.
 * Sessions are looked up by motif, latest first: a lieu holds every RDV it ever saw.
 */
export async function findLieuWithMotifs(
  { db }: ReadCtx,
  lieuId: number,
): Promise<{ lieu: LieuFacts; motifIds: ReadonlySet<number> } | null> {
  const [row] = await db.execute<LieuFacts & { motif_ids: number[] | null }>(sql`
    select ${LIEU_FACTS},
           (select json_agg(offered.motif_id) from (
              select om.motif_id from openings p join opening_motifs om on om.opening_id = p.id where p.lieu_id = lieux.id
              union
              select m.id from motifs m where m.territory_id = lieux.territory_id and m.is_collective
                and exists (select from rdvs r where r.motif_id = m.id and r.lieu_id = lieux.id
                            order by r.starts_at desc offset 0)) offered) as motif_ids
    from lieux where id = ${lieuId} and availability = 'enabled'`)
  if (!row) return null
  const { motif_ids, ...lieu } = row
  return { lieu, motifIds: new Set(motif_ids) }
}

/** Lieux that receive people, by id. */
export const loadLieux = (read: ReadCtx, ids: readonly number[]): Promise<LieuFacts[]> =>
  readLieux(read, sql`id = any(${idsSql(ids)})`)

/** Lieux that receive people, among those where some motifs have or had openings; by id. */
export const loadLieuxOf = (read: ReadCtx, motifIds: readonly number[]): Promise<LieuFacts[]> =>
  readLieux(
    read,
    sql`id in (select p.lieu_id from opening_motifs om join openings p on p.id = om.opening_id
               where om.motif_id = any(${idsSql(motifIds)}))`,
  )
