import { sql, type SQL } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'

/** Days after the end of an RDV during which what is answered to its mails goes to its agents. */
const ANSWERED_DAYS = 30

/** An RDV, or the wait of somebody who has none. */
export type AnsweredAbout = { territoryId: number } & (
  { rdvId: number; participationId: number; entryId: null } | { rdvId: null; participationId: null; entryId: number }
)
export type AnsweredMail = { about: AnsweredAbout; recipient: string }

type AnsweredRow = { territoryId: number; recipient: string; entryId: number | null } & (
  { rdvId: number; participationId: number } | { rdvId: null; participationId: null }
)

/**
 * What a mail of ours to a person was about, by whom it was answered: their RDV, also of a slot offered instead of it; their wait,
 * when they have none. Null when it is over, or was no such mail.
 */
export async function findAnswered({ db, now }: ReadCtx, messageId: number): Promise<AnsweredMail | null> {
  const [row] = await db.execute<AnsweredRow>(sql`
    select m.recipient, coalesce(r.territory_id, e.territory_id)::float8 as "territoryId", r.id::float8 as "rdvId",
           p.id::float8 as "participationId", e.id::float8 as "entryId"
    from messages m
    left join waitlist_offers o on o.id = m.offer_id
    left join waitlist_entries e on e.id = coalesce(m.entry_id, o.entry_id)
    left join participations p on p.id = coalesce(m.participation_id, e.participation_id)
    left join rdvs r on r.id = p.rdv_id
    where m.id = ${messageId} and m.channel = 'mail'
      and (r.ends_at > ${instantSql(now)} - make_interval(days => ${ANSWERED_DAYS}) or (r.id is null and e.id is not null))`)
  if (!row) return null
  const { recipient, territoryId, entryId } = row
  if (row.rdvId !== null) {
    const { rdvId, participationId } = row
    return { recipient, about: { territoryId, rdvId, participationId, entryId: null } }
  }
  const ofWait = { territoryId, rdvId: null, participationId: null }
  return entryId === null ? null : { recipient, about: { ...ofWait, entryId } }
}

/** Of an organisation that gives no address, at most so many admins are written to. */
const MAX_ADMINS = 5

type Readers = { agentIds: number[] } | 'organisation'
type Around = { own: number[]; admins: number[]; hasEmail: boolean; isOwn: boolean }

/** The organisation of an RDV, or of the motif that is waited for. */
const organisationOf = ({ rdvId, entryId }: AnsweredAbout): SQL =>
  rdvId === null
    ? sql`select m.organisation_id as id from waitlist_entries e join motifs m on m.id = e.motif_id where e.id = ${entryId}`
    : sql`select organisation_id as id from rdvs where id = ${rdvId}`

/** `own`: agents of the RDV; `admins`: those who are not; `isOwn`: whether this agent is one of the RDV. */
async function readAround({ db }: ReadCtx, about: AnsweredAbout, agentId: number | null): Promise<Around> {
  const { rdvId } = about
  const [row] = await db.execute<Around>(sql`
    with organisation as (${organisationOf(about)}), placed as (
      select a.id, place.level, exists (select from agent_times t where t.rdv_id = ${rdvId} and t.agent_id = a.id) as is_own
      from organisation
      join agent_roles place on place.organisation_id = organisation.id
      join agents a on a.id = place.agent_id
      where a.deleted_at is null and a.activated_at is not null and a.email is not null)
    select (select coalesce(json_agg(id order by id), '[]') from placed where is_own) as own,
           (select coalesce(json_agg(id order by id), '[]') from (
              select id from placed where level = 'admin' and not is_own order by id limit ${MAX_ADMINS}) as few) as admins,
           exists (select from organisation join organisations o using (id) where o.email is not null) as "hasEmail",
           exists (select from agent_times where rdv_id = ${rdvId} and agent_id = ${agentId}) as "isOwn"`)
  return row ?? { own: [], admins: [], hasEmail: false, isOwn: false }
}

/**
 * Who reads what is answered about an RDV: its agents who work there still; else its organisation; else those who administer
 * it. A wait has no agents.
 */
export async function findReaders(read: ReadCtx, about: AnsweredAbout): Promise<Readers> {
  const { own, admins, hasEmail } = await readAround(read, about, null)
  return own.length === 0 && hasEmail ? 'organisation' : { agentIds: own.length > 0 ? own : admins }
}

/**
 * Who reads it when this one cannot, `agentId` null being the organisation: always further up, so that it ends. After an agent
 * of the RDV its organisation; then admins who are not agents of it; after them nobody.
 */
export async function findReadersAfter(read: ReadCtx, about: AnsweredAbout, agentId: number | null): Promise<Readers> {
  const { admins, hasEmail, isOwn } = await readAround(read, about, agentId)
  if (agentId !== null && !isOwn) return { agentIds: [] }
  return agentId !== null && hasEmail ? 'organisation' : { agentIds: admins }
}

/** What an answer is forwarded with. `to` null: to the support. `person` null where names are not written in a mail. */
export type Forward = {
  key: string
  /** Of which answer it is. */
  answerKey: string
  sealedWords: string
  answeredAt: Date
  about: ForwardAbout | null
}

export type ForwardAbout = AnsweredAbout & {
  /** Null of its organisation. */
  agentId: number | null
  /** Of the RDV; since when they wait, without one. */
  at: Date
  zone: string
  organisation: string
  person: string | null
  to: string | null
}

type Row = Pick<Forward, 'key' | 'answerKey' | 'sealedWords'> &
  Pick<ForwardAbout, 'agentId' | 'zone' | 'organisation' | 'person' | 'to'> & {
    about: AnsweredAbout | null
    answered_ms: number
    at_ms: number
  }

/** What waits to be forwarded; null when it has left. An agent who left meanwhile has no address any more. */
export async function findForward({ db }: ReadCtx, forwardId: number): Promise<Forward | null> {
  const [row] = await db.execute<Row>(sql`
    select f.key, f.answer_key as "answerKey", f.sealed_words as "sealedWords",
           case when f.territory_id is not null then json_build_object('territoryId', f.territory_id, 'rdvId', f.rdv_id,
             'participationId', f.participation_id, 'entryId', f.entry_id) end as about,
           f.agent_id::float8 as "agentId", extract(epoch from f.created_at)::float8 * 1000 as answered_ms,
           extract(epoch from coalesce(r.starts_at, e.created_at))::float8 * 1000 as at_ms, t.zone, o.name as organisation,
           case when not m.is_confidential then concat_ws(' ', u.first_name, u.last_name) end as person,
           case when f.agent_id is null then o.email else (
             select a.email from agents a join agent_roles place on place.agent_id = a.id
             where a.id = f.agent_id and a.deleted_at is null and place.organisation_id = o.id) end as "to"
    from reply_forwards f
    left join rdvs r on r.id = f.rdv_id
    left join waitlist_entries e on e.id = f.entry_id
    left join territories t on t.id = f.territory_id
    left join motifs m on m.id = coalesce(r.motif_id, e.motif_id)
    left join organisations o on o.id = coalesce(r.organisation_id, m.organisation_id)
    left join participations p on p.id = f.participation_id
    left join usagers u on u.id = coalesce(p.usager_id, e.usager_id)
    where f.id = ${forwardId}`)
  if (!row) return null
  const { key, answerKey, sealedWords, about, at_ms, answered_ms, ...facts } = row
  const answered = { key, answerKey, sealedWords, answeredAt: new Date(answered_ms) }
  return { ...answered, about: about && { ...about, ...facts, at: new Date(at_ms) } }
}
