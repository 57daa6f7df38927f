import { sql } from 'drizzle-orm'
import { rdvsWithin } from '@/server/access/queries/reach'
import { reachOf } from '@/server/access/rules/reach'
import { found } from '@/server/kernel/errors'
import { inRead } from '@/server/platform/ctx'
import type { SessionTitle } from '../rules/session-title'
import type { AgentCtx } from './agent-rdvs'

/** What an RDV the agent may write is called. */
export const getSessionTitle = (ctx: AgentCtx, { rdvId }: { rdvId: number }): Promise<SessionTitle> =>
  inRead(ctx, async ({ db }) => {
    const [row] = await db.execute<Omit<SessionTitle, 'startAt'> & { start_ms: number }>(sql`
      select rdvs.id::float8 as "rdvId", rdvs.title, rdvs.sequence, m.name as "motifName", rdvs.status, t.zone,
             extract(epoch from rdvs.starts_at)::float8 * 1000 as start_ms, rdvs.is_collective as "isCollective",
             m.is_confidential as "isConfidential"
      from rdvs join motifs m on m.id = rdvs.motif_id join territories t on t.id = rdvs.territory_id
      where rdvs.id = ${rdvId} and ${rdvsWithin(reachOf(ctx.actor), 'write')}`)
    const { start_ms, ...rdv } = found(row)
    return { ...rdv, startAt: new Date(start_ms) }
  })
