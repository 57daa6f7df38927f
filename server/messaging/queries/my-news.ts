import { sql, type SQL } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import type { AgentCtx } from '@/server/booking/queries/agent-rdvs'
import { inRead } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import { NEWS_DAYS, NEWS_LISTED, type NewsLine } from '../rules/my-news'

/** `m`: what an agent was told of lately, as they chose to be; what was dropped was no news. */
const isTheirs = (ctx: AgentCtx): SQL => sql`
  m.agent_id = ${ctx.actor.agentId} and m.news not in ('digest', 'export') and m.state <> 'dropped'
  and m.created_at > ${instantSql(new Date(ctx.now.getTime() - NEWS_DAYS * 86_400_000))}`

const isNewSql = (ctx: AgentCtx): SQL => sql`
  m.created_at > coalesce((select seen_at from news_seen where agent_id = ${ctx.actor.agentId}), '-infinity')`

/** What the agent was told of, the newest first. Of an RDV beyond their reach by now, only that something happened. */
export const listMyNews = (ctx: AgentCtx): Promise<NewsLine[]> =>
  inRead(ctx, async ({ db }) => {
    const rows = await db.execute<
      Pick<NewsLine, 'id' | 'news' | 'isNew'> & {
        at_ms: number
        rdv: { rdvId: number; start_ms: number; zone: string; motifName: string } | null
      }
    >(sql`
      select m.id::float8 as id, m.news, extract(epoch from m.created_at)::float8 * 1000 as at_ms, ${isNewSql(ctx)} as "isNew",
             case when rdvs.id is not null then json_build_object('rdvId', rdvs.id, 'zone', t.zone, 'motifName', motif.name,
               'start_ms', extract(epoch from rdvs.starts_at) * 1000) end as rdv
      from messages m
      left join rdvs on rdvs.id = m.rdv_id and ${rdvsWithin(reachOf(ctx.actor), 'read')}
      left join territories t on t.id = rdvs.territory_id
      left join motifs motif on motif.id = rdvs.motif_id
      where ${isTheirs(ctx)} order by m.created_at desc, m.id desc limit ${NEWS_LISTED}`)
    return rows.map(({ at_ms, rdv, ...line }) => ({
      ...line,
      at: new Date(at_ms),
      rdv: rdv && {
        rdvId: rdv.rdvId,
        startAt: new Date(rdv.start_ms),
        zone: rdv.zone,
        motifName: rdv.motifName,
      },
    }))
  })

/** How many they have not seen, up to as many as a page lists. */
export const countMyNews = (ctx: AgentCtx): Promise<number> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<{ count: number }>(sql`
      select count(*)::integer as count from (
        select from messages m where ${isTheirs(ctx)} and ${isNewSql(ctx)} limit ${NEWS_LISTED}) one`)
    return row?.count ?? 0
  })
