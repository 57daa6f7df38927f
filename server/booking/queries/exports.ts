import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { found } from '@/server/kernel/errors'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { noteAccessIn } from '@/server/platform/access-log'
import { inRead, inTransaction, type ReadCtx } from '@/server/platform/ctx'
import { instantSql } from '@/server/platform/sql'
import type { ExportFormat, FollowedExport } from '../rules/exports'
import type { AgentCtx } from './agent-rdvs'

const MAX_FOLLOWED = 30

type Row = Omit<FollowedExport, 'createdAt' | 'expiresAt'> & { created_ms: number; expires_ms: number }

/** The agent's own exports still kept, the last first, inside a read. */
export async function readExports({ db, now }: ReadCtx, agentId: number): Promise<FollowedExport[]> {
  const rows = await db.execute<Row>(sql`
    select id::float8 as id, format, state, failure, done_count as "doneCount", total_count as "totalCount",
           extract(epoch from created_at)::float8 * 1000 as created_ms, extract(epoch from expires_at)::float8 * 1000 as expires_ms
    from exports where agent_id = ${agentId} and expires_at > ${instantSql(now)}
    order by created_at desc, id desc limit ${MAX_FOLLOWED}`)
  return rows.map(({ created_ms, expires_ms, ...row }) => ({
    ...row,
    createdAt: new Date(created_ms),
    expiresAt: new Date(expires_ms),
  }))
}

export const listExports = (ctx: AgentCtx): Promise<FollowedExport[]> =>
  inRead(ctx, (read) => readExports(read, ctx.actor.agentId))

export type ExportFile = { format: ExportFormat; content: Uint8Array; createdAt: Date }

/**
 * The file, for its author alone: to anybody else, or past its day, it is not found. A right withdrawn since it was
 * written keeps the whole file back. Who took it away leaves a trace in
 * each territory it holds RDVs of.
 */
export const getExportFile = (
  ctx: AgentCtx,
  { exportId }: { exportId: number },
): Promise<Outcome<ExportFile, 'rights-changed'>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<ExportFile, 'rights-changed'>> => {
    const [row] = await tx.db.execute<{
      format: ExportFormat
      content: Buffer
      created_ms: number
      territories: number[]
      is_open: boolean
    }>(sql`
      select e.format, e.content, extract(epoch from e.created_at)::float8 * 1000 as created_ms,
             array(select distinct r.territory_id::float8 from rdvs r where r.id = any(e.rdv_ids) order by 1) as territories,
             not exists (select from rdvs where rdvs.id = any(e.rdv_ids) and not ${rdvsWithin(reachOf(ctx.actor), 'read')}) as is_open
      from exports e
      where e.id = ${exportId} and e.agent_id = ${ctx.actor.agentId} and e.state = 'done' and e.expires_at > ${instantSql(tx.now)}`)
    const { format, content, created_ms, territories, is_open } = found(row)
    if (!is_open) return refused('rights-changed')
    await noteAccessIn(tx, territories, { subject: { kind: 'export', id: exportId }, purpose: 'export-file' })
    return done({ format, content: new Uint8Array(content), createdAt: new Date(created_ms) })
  })
