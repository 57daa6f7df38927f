import { sql } from 'drizzle-orm'
import { found } from '@/server/kernel/errors'
import { done, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { filtersChanged } from '../events'
import type { AgentCtx } from '../queries/agent-rdvs'
import type { ChangeFilter } from '../schema/rdv-list'
import { deleteFilter, forgetDefaultFilter, lockFiltersOf, makeFilterDefault } from '../store/lists'

/** One of the agent's own filters goes, or becomes the one the list opens on, or no longer. Another's is not found. */
export const changeFilter = (
  ctx: AgentCtx,
  { filterId, to }: ChangeFilter,
): Promise<Outcome<{ filterId: number }, never>> =>
  inTransaction(ctx, async (tx) => {
    const { agentId } = ctx.actor
    await lockFiltersOf(tx, agentId)
    const [own] = await tx.db.execute(
      sql`select id from saved_filters where id = ${filterId} and agent_id = ${agentId}`,
    )
    found(own)
    if (to === 'gone') await deleteFilter(tx, filterId)
    else await forgetDefaultFilter(tx, agentId)
    if (to === 'default') await makeFilterDefault(tx, filterId)
    await tx.emit(filtersChanged(agentId))
    return done({ filterId })
  })
