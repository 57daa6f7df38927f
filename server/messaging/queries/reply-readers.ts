import { sql, type SQL } from 'drizzle-orm'
import { opensConfidentialRdv } from '@/server/access/queries/reach'
import type { ReadCtx } from '@/server/platform/ctx'

/** An RDV, or the wait of somebody who has none. */
export type AnsweredAbout = { territoryId: number } & (
  { rdvId: number; participationId: number; entryId: null } | { rdvId: null; participationId: null; entryId: number }
)

/** Of those who are written to for want of the agents of an RDV, at most so many. */
const MAX_ASKED = 5

type Readers = { agentIds: number[] } | 'organisation'
type Around = {
  /** Agents of the RDV. */
  own: number[]
  /** When it is confidential, other agents of its service who may open it. */
  colleagues: number[]
  /** Those who administer its organisation, and are none of them. */
  admins: number[]
  hasEmail: boolean
  /** Whether the agent asked about is one of the RDV; or of those colleagues, be they gone since: they do not administer it. */
  isOwn: boolean
  isColleague: boolean
}
type AboutSql = { rdvId: SQL | number | null; entryId: SQL | number | null }

const isOwnSql = (rdvId: SQL | number | null) =>
  sql`exists (select from agent_times t where t.rdv_id = ${rdvId} and t.agent_id = agents.id)`

/** An agent of the service, who places RDVs of the motif that is waited for (`mayUseMotif`). */
const usesAwaited = (entryId: SQL | number | null) => sql`(place.level <> 'intervenant' and exists (
  select from waitlist_entries e join motifs awaited on awaited.id = e.motif_id
  join agent_services theirs on theirs.service_id = awaited.service_id and theirs.agent_id = agents.id
  where e.id = ${entryId}))`

/** Whether the agent of the row `agents`, at the `place` they have in its organisation, may open what is confidential. */
export const opensSql = ({ rdvId, entryId }: AboutSql): SQL =>
  sql`(${isOwnSql(rdvId)} or ${opensConfidentialRdv(rdvId)} or ${usesAwaited(entryId)})`

/** The organisation of an RDV, or of the motif that is waited for, and whether it is confidential. */
const organisationOf = ({ rdvId, entryId }: AnsweredAbout): SQL =>
  rdvId === null
    ? sql`select m.organisation_id as id, m.is_confidential from waitlist_entries e join motifs m on m.id = e.motif_id where e.id = ${entryId}`
    : sql`select r.organisation_id as id, m.is_confidential from rdvs r join motifs m on m.id = r.motif_id where r.id = ${rdvId}`

async function readAround({ db }: ReadCtx, about: AnsweredAbout, agentId: number | null): Promise<Around> {
  const { rdvId } = about
  const few = (rows: SQL) =>
    sql`(select coalesce(json_agg(id order by id), '[]') from (${rows} order by id limit ${MAX_ASKED}) as few)`
  const [row] = await db.execute<Around>(sql`
    with organisation as (${organisationOf(about)}), placed as (
      select agents.id, place.level, ${isOwnSql(rdvId)} as is_own,
             case when organisation.is_confidential then ${opensSql(about)} else false end as opens
      from organisation
      join agent_roles place on place.organisation_id = organisation.id
      join agents on agents.id = place.agent_id
      where agents.deleted_at is null and agents.activated_at is not null and agents.email is not null)
    select (select coalesce(json_agg(id order by id), '[]') from placed where is_own) as own,
           ${few(sql`select id from placed where opens and not is_own`)} as colleagues,
           ${few(sql`select id from placed where level = 'admin' and not opens and not is_own`)} as admins,
           exists (select from organisation join organisations o using (id) where o.email is not null) as "hasEmail",
           exists (select from agent_times where rdv_id = ${rdvId} and agent_id = ${agentId}) as "isOwn",
           exists (select from placed where opens and id = ${agentId})
             or exists (select from organisation where is_confidential and not exists (
               select from agent_roles where organisation_id = organisation.id and agent_id = ${agentId} and level = 'admin'))
             as "isColleague"`)
  return row ?? { own: [], colleagues: [], admins: [], hasEmail: false, isOwn: false, isColleague: false }
}

const above = ({ hasEmail, admins }: Around): Readers => (hasEmail ? 'organisation' : { agentIds: admins })
const afterOwn = (around: Around): Readers =>
  around.colleagues.length > 0 ? { agentIds: around.colleagues } : above(around)

/**
 * Who is told what is answered about an RDV: its agents who work there still; else, of a confidential one, others of its service
 * who may open it; else its organisation; else those who administer it. A wait has no agents.
 */
export async function findReaders(read: ReadCtx, about: AnsweredAbout): Promise<Readers> {
  const around = await readAround(read, about, null)
  return around.own.length > 0 ? { agentIds: around.own } : afterOwn(around)
}

/**
 * Who is told when this one cannot be, `agentId` null being the organisation: always further up, so that it ends. After an agent
 * of the RDV those of its service, of a confidential one, then its organisation; then admins who are none of them; after them
 * nobody.
 */
export async function findReadersAfter(read: ReadCtx, about: AnsweredAbout, agentId: number | null): Promise<Readers> {
  const around = await readAround(read, about, agentId)
  if (agentId === null) return { agentIds: around.admins }
  if (around.isOwn) return afterOwn(around)
  return around.isColleague ? above(around) : { agentIds: [] }
}
