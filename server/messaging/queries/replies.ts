import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { opensSql, type AnsweredAbout } from './reply-readers'

/** Days after the end of an RDV during which what is answered to its mails goes to its agents. */
const ANSWERED_DAYS = 30

export type AnsweredMail = { about: AnsweredAbout; recipient: string; isConfidential: boolean; isOver: boolean }

type AnsweredRow = Omit<AnsweredMail, 'about'> & { territoryId: number; entryId: number | null } & (
    { rdvId: number; participationId: number } | { rdvId: null; participationId: null }
  )

/**
 * What a mail of ours to a person was about, by whom it was answered: their RDV, also of a slot offered instead of it; their wait,
 * when they have none. `isOver`: nobody follows it any more. Null when it is gone, or was no such mail.
 */
export async function findAnswered({ db, now }: ReadCtx, messageId: number): Promise<AnsweredMail | null> {
  const [row] = await db.execute<AnsweredRow>(sql`
    select m.recipient, coalesce(r.territory_id, e.territory_id)::float8 as "territoryId", r.id::float8 as "rdvId",
           p.id::float8 as "participationId", e.id::float8 as "entryId", motif.is_confidential as "isConfidential",
           coalesce(r.ends_at <= ${instantSql(now)} - make_interval(days => ${ANSWERED_DAYS}), false) as "isOver"
    from messages m
    left join waitlist_offers o on o.id = m.offer_id
    left join waitlist_entries e on e.id = coalesce(m.entry_id, o.entry_id)
    left join participations p on p.id = coalesce(m.participation_id, e.participation_id)
    left join rdvs r on r.id = p.rdv_id
    join motifs motif on motif.id = coalesce(r.motif_id, e.motif_id)
    where m.id = ${messageId} and m.channel = 'mail'`)
  if (!row) return null
  const { recipient, isConfidential, isOver, territoryId, entryId } = row
  const answered = { recipient, isConfidential, isOver }
  if (row.rdvId !== null) {
    const { rdvId, participationId } = row
    return { ...answered, about: { territoryId, rdvId, participationId, entryId: null } }
  }
  const ofWait = { territoryId, rdvId: null, participationId: null }
  return entryId === null ? null : { ...answered, about: { ...ofWait, entryId } }
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
  isConfidential: boolean
  /** False of who may not open it: they learn that somebody answered, and not what. */
  mayRead: boolean
}

type Row = Pick<Forward, 'key' | 'answerKey' | 'sealedWords'> &
  Pick<ForwardAbout, 'agentId' | 'zone' | 'organisation' | 'person' | 'to' | 'isConfidential' | 'mayRead'> & {
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
           m.is_confidential as "isConfidential", not m.is_confidential or exists (
             select from agents join agent_roles place on place.agent_id = agents.id and place.organisation_id = o.id
             where agents.id = f.agent_id and ${opensSql({ rdvId: sql`f.rdv_id`, entryId: sql`f.entry_id` })}) as "mayRead",
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
