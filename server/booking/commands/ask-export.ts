import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { exportAsked } from '../events'
import type { AgentCtx } from '../queries/agent-rdvs'
import { readExports } from '../queries/exports'
import { whyNotExport, type ExportRefusal } from '../rules/exports'
import type { AskExport } from '../schema/rdv-list'
import { insertExport } from '../store/exports'
import { lockFiltersOf } from '../store/lists'

type Asked = Outcome<{ exportId: number }, ExportRefusal>

/** An agent asks for the list as a file. A worker writes it, with what they may read at that moment; a few at once. */
export const askExport = (ctx: AgentCtx, { format, filter }: AskExport): Promise<Asked> =>
  inTransaction(ctx, async (tx): Promise<Asked> => {
    const { agentId } = ctx.actor
    await lockFiltersOf(tx, agentId)
    const why = whyNotExport(await readExports(tx, agentId))
    if (why) return refused(why)
    const exportId = await insertExport(tx, { agentId, format, filter })
    await tx.emit(exportAsked(exportId, { agentId }))
    return done({ exportId })
  })
