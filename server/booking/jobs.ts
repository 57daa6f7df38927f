import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { AGENDA_CHANNEL } from '@/server/platform/live'
import { idsSql } from '@/server/platform/sql'
import { lt } from 'drizzle-orm'
import { bookingDrafts } from '@/db/schema'
import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { EXPORT_STUCK_MIN } from './rules/exports'
import { sealLinks } from './store'
import { endExports } from './store/exports'

/** What was typed in a tunnel is erased once its draft has expired, confirmed or not: no page shows it any more. */
export const purgeDrafts = (ctx: Ctx) =>
  inTransaction(ctx, async ({ db, now }) => {
    const purged = await db
      .delete(bookingDrafts)
      .where(lt(bookingDrafts.expiresAt, now))
      .returning({ id: bookingDrafts.id })
    return done({ rows: purged.length })
  })

/** Exports past their day are erased; those whose worker never came back are said to have failed. */
export const purgeExports = (ctx: Ctx) =>
  inTransaction(ctx, async (tx) => done(await endExports(tx, new Date(tx.now.getTime() - EXPORT_STUCK_MIN * 60_000))))

/** Everybody of these RDVs has a link, whoever wrote its rows (the files of a former system, a set of examples). */
export async function openMissingLinks(tx: TxCtx, rdvIds: readonly number[]): Promise<void> {
  const links = await tx.db.execute<{ id: number }>(sql`
    insert into rdv_links (rdv_id, participation_id)
    select p.rdv_id, p.id from participations p
    where p.rdv_id = any(${idsSql(rdvIds)}) and not exists (select from rdv_links l where l.participation_id = p.id)
    returning id::float8 as id`)
  if (links.length > 0) {
    await sealLinks(
      tx,
      links.map(({ id }) => id),
    )
  }
}

/** Ids in one notification, which holds 8,000 bytes at most. */
const TOLD_AT_ONCE = 400

/**
 * Tells every web process which agendas these facts changed: of the agents of an RDV, and of those a fact names
 * (`agentId`, `agentIds`). By the worker, half a second later at most: `pg_notify` in the transaction of each change would
 * make all commits queue (docs/decisions/0016).
 */
export async function tellAgendasOf(db: Tx, eventIds: readonly number[]): Promise<void> {
  if (eventIds.length === 0) return
  await db.execute(sql`
    with told as (
      select subject_kind, subject_id, payload from events where id = any(${idsSql(eventIds)})
    ), concerned as (
      select part.agent_id from told join agent_times part on part.rdv_id = told.subject_id where told.subject_kind = 'rdv'
      union select (payload->>'agentId')::bigint from told where jsonb_typeof(payload->'agentId') = 'number'
      union select named::bigint from told, jsonb_array_elements_text(
              case when jsonb_typeof(payload->'agentIds') = 'array' then payload->'agentIds' else '[]' end) as named
    ), pages as (
      select string_agg(agent_id::text, ',') as ids
      from (select agent_id, (row_number() over () - 1) / ${TOLD_AT_ONCE}::integer as page from concerned) as numbered
      group by page
    )
    select pg_notify(${AGENDA_CHANNEL}, ids) from pages`)
}
