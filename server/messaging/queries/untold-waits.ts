import { sql, type SQL } from 'drizzle-orm'
import type { AgentCtx } from '@/server/booking/queries/agent-rdvs'
import { waitsWithin } from '@/server/booking/queries/waits-within'
import { usagersWithin } from '@/server/people/queries/reach'
import { inRead } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { UNTOLD_LISTED, type UntoldWait } from '../rules/untold'

/** After three offers of which nobody knows whether they arrived, the desk has as long to ask. */
const AFTER_THE_LAST_MS = 7 * 86_400_000

/**
 * From `m`, a message to who waits that failed, or that nobody knows to have arrived, of a wait `e` that goes on or has just
 * run out of offers; nothing else arrived nor is on its way of the same, and nothing later.
 */
export const untoldWaitsSql = (now: Date): SQL => sql`
  from messages m
  left join waitlist_offers o on o.id = m.offer_id
  join waitlist_entries e on e.id = coalesce(m.entry_id, o.entry_id)
  join motifs motif on motif.id = e.motif_id
  left join rdvs on rdvs.id = e.rdv_id
  where m.state in ('failed', 'uncertain') and num_nonnulls(m.entry_id, m.offer_id) = 1 and m.told_otherwise_at is null
    and (e.ended_at is null or (e.ended_by = 'exhausted' and e.ended_at > ${instantSql(new Date(now.getTime() - AFTER_THE_LAST_MS))}))
    and not exists (
      select from messages heard
      where (heard.entry_id = e.id or heard.offer_id in (select own.id from waitlist_offers own where own.entry_id = e.id))
        and heard.state in ('waiting', 'sending', 'sent')
        and (heard.id > m.id or (heard.offer_id is not distinct from m.offer_id and heard.entry_id is not distinct from m.entry_id)))`

type Row = Omit<UntoldWait, 'offer'> & { offer: { start_ms: number; until_ms: number; is_open: boolean } | null }

/** Whom no message about the slot they wait for could reach, of waits one may write, the latest first; a person once a wait. */
export const listUntoldWaits = (ctx: AgentCtx): Promise<{ waits: UntoldWait[]; isCut: boolean }> =>
  inRead(ctx, async ({ db, now }) => {
    const rows = await db.execute<Row>(sql`
      with untold as (
        select e.id, max(m.id) as last_id, max(m.offer_id) as offer_id,
               json_agg(json_build_object('channel', m.channel, 'recipient', m.recipient, 'failure', m.failure) order by m.id) as tries
        ${untoldWaitsSql(now)} and ${waitsWithin(ctx.actor, 'write')}
        group by e.id order by last_id desc limit ${UNTOLD_LISTED + 1})
      select e.id::float8 as "entryId", e.rdv_id::float8 as "rdvId", u.id::float8 as "usagerId",
             concat_ws(' ', u.first_name, u.last_name) as "personName", ${usagersWithin(ctx.actor)} as "isFileOpen", untold.tries,
             case when o.id is not null then json_build_object(
               'start_ms', extract(epoch from o.starts_at) * 1000, 'until_ms', extract(epoch from o.until_at) * 1000,
               'is_open', o.state = 'open' and o.until_at > ${instantSql(now)}) end as offer,
             t.zone, m.name as "motifName", m.color, l.name as "placeName",
             coalesce(u.phone_e_164, u.phone, g.phone_e_164, g.phone) as phone, coalesce(u.email, g.email) as email
      from untold
      join waitlist_entries e on e.id = untold.id
      join usagers u on u.id = e.usager_id
      join territories t on t.id = e.territory_id
      join motifs m on m.id = e.motif_id
      left join usagers g on g.id = u.responsible_id and not m.is_confidential
      left join lieux l on l.id = e.lieu_id
      left join waitlist_offers o on o.id = untold.offer_id
      order by untold.last_id desc`)
    const waits = rows.slice(0, UNTOLD_LISTED).map(({ offer, ...row }) => ({
      ...row,
      offer: offer && {
        startAt: new Date(offer.start_ms),
        untilAt: new Date(offer.until_ms),
        isOpen: offer.is_open,
      },
    }))
    return { waits, isCut: rows.length > UNTOLD_LISTED }
  })
