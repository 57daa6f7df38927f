import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { AgentActor } from '@/server/kernel/actor'
import { found } from '@/server/kernel/errors'
import { inRead, type Ctx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import type { MessageLine } from '../rules/messages'

const MAX_LINES = 100

/** `m`, `p`: about this RDV; or, to somebody who has no message of their own, about all the dates of its series. */
const isAbout = (rdvId: number) => sql`
  m.rdv_id in (select ${rdvId}::bigint union all
               select other.id from rdvs mine join rdvs other on other.series_id = mine.series_id where mine.id = ${rdvId})
  and (m.rdv_id = ${rdvId} or m.news = 'created' and exists (
    select from participations own join tellings t on t.participation_id = own.id
    where own.rdv_id = ${rdvId} and own.usager_id = p.usager_id
      and not exists (select from messages theirs where theirs.participation_id = own.id and theirs.news = 'created')))`

/**
 * What was sent about an RDV one may read, newest first, and what became of it; of a date of a series told of by another,
 * that message. Throws `not-found` beyond reach.
 */
export const listRdvMessages = (
  ctx: Ctx & { readonly actor: AgentActor },
  { rdvId }: { rdvId: number },
): Promise<MessageLine[]> =>
  inRead(ctx, async ({ db, now }) => {
    const [visible] = await db.execute(
      sql`select 1 from rdvs where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(ctx.actor), 'read')}`,
    )
    found(visible)
    const rows = await db.execute<
      Omit<MessageLine, 'at' | 'leavesAt' | 'deliveredAt'> & {
        at_ms: number
        leaves_ms: number | null
        delivered_ms: number | null
      }
    >(sql`
      select m.id::float8 as id, m.news, m.channel, m.recipient, m.state, m.failure, m.gateway,
             m.gateway_reference as "gatewayReference",
             concat_ws(' ', u.first_name, u.last_name) as "personName", extract(epoch from m.state_at)::float8 * 1000 as at_ms,
             extract(epoch from m.delivered_at)::float8 * 1000 as delivered_ms,
             case when m.state = 'waiting' and m.leaves_at > ${instantSql(now)} then extract(epoch from m.leaves_at)::float8 * 1000 end as leaves_ms
      from messages m
      join participations p on p.id = m.participation_id
      join usagers u on u.id = p.usager_id
      where ${isAbout(rdvId)} order by m.id desc limit ${MAX_LINES}`)
    return rows.map(({ at_ms, leaves_ms, delivered_ms, ...line }) => ({
      ...line,
      at: new Date(at_ms),
      deliveredAt: delivered_ms === null ? null : new Date(delivered_ms),
      leavesAt: leaves_ms === null ? null : new Date(leaves_ms),
    }))
  })
