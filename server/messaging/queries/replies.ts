import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'

/** Days after the end of an RDV during which what is answered to its mails goes to its agents. */
const ANSWERED_DAYS = 30

export type AnsweredMail = { rdvId: number; territoryId: number; participationId: number; recipient: string }

/**
 * Which RDV a mail of ours was of, or a slot offered instead of it, by whom it was answered; null when it is over, or was no mail
 * to a person about one.
 */
export async function findAnswered({ db, now }: ReadCtx, messageId: number): Promise<AnsweredMail | null> {
  const [row] = await db.execute<AnsweredMail>(sql`
    select r.id::float8 as "rdvId", r.territory_id::float8 as "territoryId", p.id::float8 as "participationId", m.recipient
    from messages m
    left join waitlist_offers o on o.id = m.offer_id
    left join waitlist_entries e on e.id = o.entry_id
    join participations p on p.id = coalesce(m.participation_id, e.participation_id)
    join rdvs r on r.id = p.rdv_id
    where m.id = ${messageId} and m.channel = 'mail'
      and r.ends_at > ${instantSql(now)} - make_interval(days => ${ANSWERED_DAYS})`)
  return row ?? null
}

/** Of an organisation that gives no address, at most so many admins are written to. */
const MAX_ADMINS = 5

type Readers = { agentIds: number[] } | 'organisation'
type Around = { own: number[]; admins: number[]; hasEmail: boolean; isOwn: boolean }

/** `own`: agents of the RDV; `admins`: those who are not; `isOwn`: whether this agent is one of the RDV. */
async function readAround({ db }: ReadCtx, rdvId: number, agentId: number | null): Promise<Around> {
  const [row] = await db.execute<Around>(sql`
    with placed as (
      select a.id, place.level, exists (select from agent_times t where t.rdv_id = r.id and t.agent_id = a.id) as is_own
      from rdvs r
      join agent_roles place on place.organisation_id = r.organisation_id
      join agents a on a.id = place.agent_id
      where r.id = ${rdvId} and a.deleted_at is null and a.activated_at is not null and a.email is not null)
    select (select coalesce(json_agg(id order by id), '[]') from placed where is_own) as own,
           (select coalesce(json_agg(id order by id), '[]') from (
              select id from placed where level = 'admin' and not is_own order by id limit ${MAX_ADMINS}) as few) as admins,
           exists (select from rdvs r join organisations o on o.id = r.organisation_id
                    where r.id = ${rdvId} and o.email is not null) as "hasEmail",
           exists (select from agent_times where rdv_id = ${rdvId} and agent_id = ${agentId}) as "isOwn"`)
  return row ?? { own: [], admins: [], hasEmail: false, isOwn: false }
}

/** Who reads what is answered about an RDV: its agents who work there still; else its organisation; else those who administer it. */
export async function findReaders(read: ReadCtx, rdvId: number): Promise<Readers> {
  const { own, admins, hasEmail } = await readAround(read, rdvId, null)
  return own.length === 0 && hasEmail ? 'organisation' : { agentIds: own.length > 0 ? own : admins }
}

/**
 * Who reads it when this one cannot, `agentId` null being the organisation: always further up, so that it ends. After an agent
 * of the RDV its organisation; then admins who are not agents of it; after them nobody.
 */
export async function findReadersAfter(
  read: ReadCtx,
  { rdvId, agentId }: { rdvId: number; agentId: number | null },
): Promise<Readers> {
  const { admins, hasEmail, isOwn } = await readAround(read, rdvId, agentId)
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
  rdv: {
    rdvId: number
    territoryId: number
    participationId: number
    /** Null of its organisation. */
    agentId: number | null
    startsAt: Date
    zone: string
    organisation: string
    person: string | null
    to: string | null
  } | null
}

type Row = Pick<Forward, 'key' | 'answerKey' | 'sealedWords'> & {
  rdvId: number | null
  territoryId: number
  participationId: number
  agentId: number | null
  answered_ms: number
  start_ms: number
  zone: string
  organisation: string
  person: string | null
  to: string | null
}

/** What waits to be forwarded; null when it has left. An agent who left meanwhile has no address any more. */
export async function findForward({ db }: ReadCtx, forwardId: number): Promise<Forward | null> {
  const [row] = await db.execute<Row>(sql`
    select f.key, f.answer_key as "answerKey", f.sealed_words as "sealedWords", f.rdv_id::float8 as "rdvId",
           f.territory_id::float8 as "territoryId", f.participation_id::float8 as "participationId",
           f.agent_id::float8 as "agentId", extract(epoch from f.created_at)::float8 * 1000 as answered_ms,
           extract(epoch from r.starts_at)::float8 * 1000 as start_ms, t.zone, o.name as organisation,
           case when not m.is_confidential then concat_ws(' ', u.first_name, u.last_name) end as person,
           case when f.agent_id is null then o.email else (
             select a.email from agents a join agent_roles place on place.agent_id = a.id
             where a.id = f.agent_id and a.deleted_at is null and place.organisation_id = r.organisation_id) end as "to"
    from reply_forwards f
    left join rdvs r on r.id = f.rdv_id
    left join territories t on t.id = r.territory_id
    left join organisations o on o.id = r.organisation_id
    left join motifs m on m.id = r.motif_id
    left join participations p on p.id = f.participation_id
    left join usagers u on u.id = p.usager_id
    where f.id = ${forwardId}`)
  if (!row) return null
  const { key, answerKey, sealedWords, rdvId, start_ms, answered_ms, ...about } = row
  const answeredAt = new Date(answered_ms)
  return {
    key,
    answerKey,
    sealedWords,
    answeredAt,
    rdv: rdvId === null ? null : { rdvId, startsAt: new Date(start_ms), ...about },
  }
}
