import { sql } from 'drizzle-orm'
import type { ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { newsFor, type Channel } from '../rules/telling'
import { listTellable } from './tellable'

/** How many times this person was told something; null when never. */
export async function knownVersion({ db }: ReadCtx, participationId: number): Promise<number | null> {
  const [row] = await db.execute<{ version: number }>(
    sql`select version from tellings where participation_id = ${participationId}`,
  )
  return row?.version ?? null
}

/**
 * Somebody else of a family, when the participation its message went by is left or no longer to be notified: they were
 * told by it too. Null when nobody is left.
 */
export async function findHeir(
  read: ReadCtx,
  { rdvId, participationId }: { rdvId: number; participationId: number },
  toldId: number,
): Promise<{ rdvId: number; participationId: number; version: number } | null> {
  const heir = (await listTellable(read, [rdvId])).find(
    (one) =>
      one.toldId === toldId &&
      one.participationId !== participationId &&
      one.told?.isOn === true &&
      one.current.isOn &&
      newsFor(one.told, one.current, read.now) === null,
  )
  return heir?.told ? { rdvId, participationId: heir.participationId, version: heir.told.version } : null
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

/** The next date of a series that is to tell of the others, when the one that was to is gone; null when it was the last. */
export async function findNextTogether(
  { db, now }: ReadCtx,
  { participationId, channel }: { participationId: number; channel: Channel },
): Promise<{ rdvId: number; participationId: number; version: number } | null> {
  const [row] = await db.execute<{ rdvId: number; participationId: number; version: number }>(sql`
    select other.rdv_id::float8 as "rdvId", other.id::float8 as "participationId", t.version from ${TOLD_TOGETHER}
    where mine.id = ${participationId} and ${STANDS} and other_rdv.starts_at > ${instantSql(now)}
      and not exists (select from messages m where m.participation_id = other.id and m.channel = ${channel})
    order by other_rdv.starts_at, other.id limit 1`)
  return row ?? null
}
