import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { listRecipients } from '@/server/booking/queries/recipients'
import { reachedBy } from '../rules/sending'
import { areWordsAlone, newsFor, type Channel, type Known, type News } from '../rules/telling'
import { isOnItsWaySql, isToldSinceSql, listTellable } from './tellable'

type ToldBefore = { knownVersion: number | null; isToldSince: boolean; isBeingTold: boolean }

/**
 * How many times whoever this message is to was told something, null when never; and whether they were since it was written, or
 * are to be by what has not left yet.
 */
export async function toldBefore({ db }: ReadCtx, { id }: { id: number }): Promise<ToldBefore> {
  const [row] = await db.execute<ToldBefore>(sql`
    select t.version as "knownVersion", ${isToldSinceSql} and not ${isOnItsWaySql} as "isToldSince",
           ${isToldSinceSql} and ${isOnItsWaySql} as "isBeingTold"
    from messages m join tellings t on t.participation_id = m.participation_id where m.id = ${id}`)
  return row ?? { knownVersion: null, isToldSince: false, isBeingTold: false }
}

type Message = { rdvId: number; participationId: number; version: number; channel: Channel; reminderId: number | null }
export type Heir = { rdvId: number; participationId: number; version: number }

/** The participations a message tells of: of a reminder, all those that stand, of whatever family. */
export async function listConcerned({ db }: ReadCtx, message: Message): Promise<number[]> {
  const { rdvId, participationId, version, reminderId } = message
  const isConcerned =
    reminderId === null
      ? sql`(p.id = ${participationId} or exists (select from tellings t where t.participation_id = p.id and t.told_by = ${participationId} and t.told_by_version = ${version}))`
      : sql`p.status = 'unknown'`
  const rows = await db.execute<{ id: number }>(
    sql`select p.id::float8 as id from participations p where p.rdv_id = ${rdvId} and ${isConcerned} order by p.id`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Of a change a message tells of, for any of those it is of: whether it is one still, of what messages say at this moment (put
 * back, or kept to itself since its motif is confidential, it is none), and whether somebody is to call if it cannot leave.
 */
export async function judgeChange(
  read: ReadCtx,
  message: Message & { news: News },
): Promise<{ isNews: boolean; areWordsAlone: boolean }> {
  if (message.news !== 'moved') return { isNews: true, areWordsAlone: false }
  const concerned = await listConcerned(read, message)
  const people = (await listTellable(read, [message.rdvId])).filter((one) => concerned.includes(one.participationId))
  return {
    isNews: people.length === 0 || people.some(({ before, current }) => newsFor(before, current, read.now) !== null),
    areWordsAlone: people.every(({ before, current }) => areWordsAlone(before, current)),
  }
}

export type KnownBefore = Known & { placeName: string | null; agentNames: string | null }

/** What whoever a message is to knew before it, and what the lieu and the agents were called; null when nothing. */
export async function findKnownBefore(
  { db }: ReadCtx,
  { participationId }: Pick<Message, 'participationId'>,
): Promise<KnownBefore | null> {
  type Row = Omit<KnownBefore, 'isOn' | 'startsAt' | 'endsAt'> & {
    isOn: boolean | null
    start_ms: number
    end_ms: number
  }
  const [row] = await db.execute<Row>(sql`
    select t.before_is_on as "isOn", extract(epoch from t.before_starts_at)::float8 * 1000 as start_ms,
           extract(epoch from t.before_ends_at)::float8 * 1000 as end_ms, t.before_lieu_id::float8 as "lieuId", l.name as "placeName",
           t.before_title as title, to_json(t.before_agent_ids) as "agentIds",
           (select string_agg(concat_ws(' ', a.first_name, a.last_name), ', ' order by a.last_name, a.id)
              from agents a where a.id = any(t.before_agent_ids)) as "agentNames"
    from tellings t left join lieux l on l.id = t.before_lieu_id where t.participation_id = ${participationId}`)
  if (!row) return null
  const { isOn, start_ms, end_ms, ...known } = row
  return isOn === null ? null : { ...known, isOn, startsAt: new Date(start_ms), endsAt: new Date(end_ms) }
}

/**
 * Somebody else of a family, when the participation its message went by is left or no longer to be notified: they were
 * told by it too, and may be reached by the same channel. Null when nobody is left.
 */
export async function findHeir(read: ReadCtx, message: Message, toldId: number): Promise<Heir | null> {
  const { rdvId, participationId, channel } = message
  const heir = (await listTellable(read, [rdvId])).find(
    (one) =>
      one.toldId === toldId &&
      one.participationId !== participationId &&
      one.said?.isOn === true &&
      one.current.isOn &&
      reachedBy(channel, one) !== null &&
      newsFor(one.said, one.current, read.now) === null,
  )
  return heir ? { rdvId, participationId: heir.participationId, version: heir.version } : null
}

/** Another date of the same series, for the same person, as they know it: `other`; `mine` is the one a message is of. */
const TOLD_TOGETHER = sql`participations mine
  join rdvs r on r.id = mine.rdv_id
  join rdvs other_rdv on other_rdv.series_id = r.series_id and other_rdv.id <> r.id
  join participations other on other.rdv_id = other_rdv.id and other.usager_id = mine.usager_id
  join tellings t on t.participation_id = other.id and t.is_on
    and (t.starts_at, t.ends_at) = (other_rdv.starts_at, other_rdv.ends_at) and t.lieu_id is not distinct from other_rdv.lieu_id`
const STANDS = sql`other_rdv.status = 'unknown' and other.status = 'unknown'`

/** The participations of the other dates of a series to come that this person was told of, in order of their dates. */
export async function listToldTogether({ db, now }: ReadCtx, participationId: number): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select other.id::float8 as id from ${TOLD_TOGETHER}
    where mine.id = ${participationId} and ${STANDS} and other_rdv.starts_at > ${instantSql(now)}
    order by other_rdv.starts_at, other.id`)
  return rows.map(({ id }) => id)
}

/**
 * The next date of a series that is to tell of the others, when the one that was to is gone, and its person may be reached of
 * it by the same channel; null when it was the last.
 */
export async function findNextTogether(read: ReadCtx, { participationId, channel }: Message): Promise<Heir | null> {
  const { db, now } = read
  const [row] = await db.execute<Heir>(sql`
    select other.rdv_id::float8 as "rdvId", other.id::float8 as "participationId", t.version from ${TOLD_TOGETHER}
    where mine.id = ${participationId} and ${STANDS} and other_rdv.starts_at > ${instantSql(now)}
      and not exists (select from messages m where m.participation_id = other.id and m.channel = ${channel})
    order by other_rdv.starts_at, other.id limit 1`)
  if (!row) return null
  const recipient = (await listRecipients(read, [row.rdvId])).find((one) => one.participationId === row.participationId)
  return recipient?.notifiesLifecycle && reachedBy(channel, recipient) !== null ? row : null
}
