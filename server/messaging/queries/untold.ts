import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { AgentCtx } from '@/server/booking/queries/agent-rdvs'
import { waitsWithin } from '@/server/booking/queries/waits-within'
import type { AgentActor } from '@/server/kernel/actor'
import { inRead, type ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { UNTOLD_LISTED, type Untold } from '../rules/untold'
import { areWordsAloneSql, isToldSinceSql } from './tellable'
import { untoldWaitsSql } from './untold-waits'

/**
 * Messages `m` that failed, or that nobody knows to have arrived, and of which nothing else arrived nor is on its way; with
 * `p`, of `rdvs`: whom to tell what it said, the one it went by or, when something newer was told to them alone, the next of the
 * family, or the next date of the series, of whom it is still the last word, while it is of use. Nobody for a title or an agent alone.
 */
const untoldSql = (now: Date): SQL => sql`
  messages m
  cross join lateral (
    select one.id as participation_id, one.rdv_id
    from participations one join rdvs r on r.id = one.rdv_id left join tellings t on t.participation_id = one.id
    where one.rdv_id in (
        select m.rdv_id union all
        select other.id from rdvs mine join rdvs other on other.series_id = mine.series_id where mine.id = m.rdv_id and m.reminder_id is null)
      and case when m.reminder_id is null then (t.told_by, t.told_by_version) = (m.participation_id, m.version) and not ${areWordsAloneSql}
               else one.id = m.participation_id and r.status = 'unknown' and not ${isToldSinceSql}
                 and r.starts_at = (select k.starts_at from reminders k where k.id = m.reminder_id) end
      and (r.starts_at > ${instantSql(now)} or (m.news = 'cancelled' and m.previous_starts_at > ${instantSql(now)}))
    order by one.id <> m.participation_id, r.starts_at, one.id limit 1) whom
  join participations p on p.id = whom.participation_id
  join rdvs on rdvs.id = whom.rdv_id`
const IS_UNTOLD = sql`
  m.state in ('failed', 'uncertain') and m.participation_id is not null and m.told_otherwise_at is null
  and not exists (select from messages twin where twin.participation_id = m.participation_id
    and twin.version = m.version and twin.reminder_id is not distinct from m.reminder_id
    and twin.state in ('waiting', 'sending', 'sent'))`

type Row = Omit<Untold, 'startAt' | 'previousStartAt'> & { start_ms: number; previous_ms: number | null }

/** Whom to tell otherwise, of RDVs one may write, the nearest first; a person once an RDV. */
export const listUntold = (ctx: AgentCtx): Promise<{ untold: Untold[]; isCut: boolean }> =>
  inRead(ctx, async ({ db, now }) => {
    const rows = await db.execute<Row>(sql`
      select p.id::float8 as "participationId", rdvs.id::float8 as "rdvId", u.id::float8 as "usagerId",
             concat_ws(' ', u.first_name, u.last_name) as "personName",
             (array_agg(m.news order by m.id desc))[1] as news,
             json_agg(json_build_object('channel', m.channel, 'recipient', m.recipient, 'failure', m.failure) order by m.id) as tries,
             extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms,
             extract(epoch from min(m.previous_starts_at))::float8 * 1000 as previous_ms,
             t.zone, motif.name as "motifName", motif.color, l.name as "placeName",
             coalesce(u.phone_e_164, u.phone, g.phone_e_164, g.phone) as phone, coalesce(u.email, g.email) as email
      from ${untoldSql(now)}
      join usagers u on u.id = p.usager_id
      join territories t on t.id = rdvs.territory_id
      join motifs motif on motif.id = rdvs.motif_id
      left join usagers g on g.id = u.responsible_id and not motif.is_confidential
      left join lieux l on l.id = rdvs.lieu_id
      where ${IS_UNTOLD} and ${rdvsWithin(reachOf(ctx.actor), 'write')}
      group by p.id, rdvs.id, u.id, t.id, motif.id, l.id, g.id
      order by rdvs.starts_at, rdvs.id, u.id limit ${UNTOLD_LISTED + 1}`)
    const untold = rows.slice(0, UNTOLD_LISTED).map(({ start_ms, previous_ms, ...row }) => ({
      ...row,
      startAt: new Date(start_ms),
      previousStartAt: previous_ms === null ? null : new Date(previous_ms),
    }))
    return { untold, isCut: rows.length > UNTOLD_LISTED }
  })

/** How many there are to tell, of their RDV or of a slot they wait for: of each, up to one more than a page shows. */
export const countUntold = (ctx: AgentCtx): Promise<number> =>
  inRead(ctx, async ({ db, now }) => {
    const [row] = await db.execute<{ count: number }>(sql`
      select (select count(*) from (
        select distinct p.id from ${untoldSql(now)}
        where ${IS_UNTOLD} and ${rdvsWithin(reachOf(ctx.actor), 'write')} limit ${UNTOLD_LISTED + 1}) one)::integer
      + (select count(*) from (
        select distinct e.id ${untoldWaitsSql(now)} and ${waitsWithin(ctx.actor, 'write')} limit ${UNTOLD_LISTED + 1}) one)::integer as count`)
    return row?.count ?? 0
  })

/** The RDV of a participation, when one may write it. */
export async function findTellable(
  { db }: ReadCtx,
  actor: AgentActor,
  participationId: number,
): Promise<{ rdvId: number; territoryId: number } | null> {
  const [row] = await db.execute<{ rdvId: number; territoryId: number }>(sql`
    select rdvs.id::float8 as "rdvId", rdvs.territory_id::float8 as "territoryId"
    from participations p join rdvs on rdvs.id = p.rdv_id
    where p.id = ${participationId} and ${rdvsWithin(reachOf(actor), 'write')}`)
  return row ?? null
}
