import { sql } from 'drizzle-orm'
import { done, refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction } from '@/server/platform/ctx'
import { filtersChanged } from '../events'
import type { AgentCtx } from '../queries/agent-rdvs'
import { MAX_SAVED_FILTERS, type FilterRefusal } from '../rules/rdv-list'
import type { SaveFilter } from '../schema/rdv-list'
import { forgetDefaultFilter, insertFilter, lockFiltersOf } from '../store/lists'

/** An agent keeps the filters of their list under a name; they may be the ones the list opens on. */
export const saveFilter = (ctx: AgentCtx, input: SaveFilter): Promise<Outcome<{ filterId: number }, FilterRefusal>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<{ filterId: number }, FilterRefusal>> => {
    const { agentId } = ctx.actor
    await lockFiltersOf(tx, agentId)
    const rows = await tx.db.execute<{ is_same: boolean }>(
      sql`select lower(name) = lower(${input.name}) as is_same from saved_filters where agent_id = ${agentId}`,
    )
    if (rows.some(({ is_same }) => is_same)) return refused('name-taken')
    if (rows.length >= MAX_SAVED_FILTERS) return refused('too-many')
    if (input.isDefault) await forgetDefaultFilter(tx, agentId)
    const filterId = await insertFilter(tx, { agentId, ...input })
    await tx.emit(filtersChanged(agentId))
    return done({ filterId })
  })
