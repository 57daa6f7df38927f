import { sql } from 'drizzle-orm'
import { findAdministered } from '@/server/access/queries/places'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { inRead, type Ctx, type ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import type { FutureRdvs } from '../rules/agent-views'

type Member = { organisationId: number; agentId: number }

const SHOWN = 10

/** Live RDVs to come of an agent in an organisation. Ignores reach: for commands that judge it. */
export async function loadFutureRdvIds(ctx: ReadCtx, { organisationId, agentId }: Member): Promise<number[]> {
  const rows = await ctx.db.execute<{ id: number }>(sql`
    select rdvs.id::float8 as id from agent_times t join rdvs on rdvs.id = t.rdv_id
    where t.agent_id = ${agentId} and t.occupies and t.starts_at >= ${instantSql(ctx.now)}
      and rdvs.organisation_id = ${organisationId} order by rdvs.id`)
  return rows.map(({ id }) => id)
}

/**
 * What stands in the agenda of somebody about to leave an organisation, for those who administer it: how many RDVs to come,
 * when the first ones are, and which they may open.
 */
export const listFutureRdvsOf = (ctx: Ctx, member: Member): Promise<FutureRdvs> =>
  inRead(ctx, async (read) => {
    await findAdministered(read, member.organisationId)
    const rows = await read.db.execute<{ id: number; startMs: number; isOpen: boolean; count: number }>(sql`
      select rdvs.id::float8 as id, extract(epoch from rdvs.starts_at)::float8 * 1000 as "startMs",
             ${rdvsWithin(reachOf(ctx.actor), 'read')} as "isOpen", count(*) over ()::integer as count
      from agent_times t join rdvs on rdvs.id = t.rdv_id
      where t.agent_id = ${member.agentId} and t.occupies and t.starts_at >= ${instantSql(ctx.now)}
        and rdvs.organisation_id = ${member.organisationId}
      order by rdvs.starts_at, rdvs.id limit ${SHOWN}`)
    return {
      count: rows[0]?.count ?? 0,
      first: rows.map(({ id, startMs, isOpen }) => ({ startAt: new Date(startMs), rdvId: isOpen ? id : null })),
    }
  })
