import { leaveOrganisation } from '@/server/access/commands/leave-organisation'
import { findAdministered } from '@/server/access/queries/places'
import type { RemoveAgent } from '@/server/access/schema/administration'
import { refused, type Outcome } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { closeOpenings } from '@/server/scheduling/commands/close-openings'
import { loadFutureRdvIds } from '../queries/leaving'
import type { RemoveAgentRefusal } from '../rules/agent-views'
import { lockAgents } from '../store'

/**
 * Takes an agent out of an organisation, with what they offered there. RDVs to come stay with them, and only knowingly:
 * without `acknowledged: ['future-rdvs']` it is refused (domain §7.2). Under the agent's lock: whoever books at this moment
 * comes before, and is counted, or after, and finds nobody.
 */
export const removeAgent = (
  ctx: Ctx,
  { organisationId, agentId, acknowledged }: RemoveAgent,
): Promise<Outcome<null, RemoveAgentRefusal>> =>
  inTransaction(ctx, async (tx): Promise<Outcome<null, RemoveAgentRefusal>> => {
    await findAdministered(tx, organisationId)
    await lockAgents(tx, [agentId])
    const rdvIds = await loadFutureRdvIds(tx, { organisationId, agentId })
    if (rdvIds.length > 0 && !acknowledged.includes('future-rdvs')) return refused('future-rdvs')
    const closed = await closeOpenings(tx, { organisationId, agentId })
    if (!closed.ok) return closed
    return leaveOrganisation(tx, { organisationId, agentId })
  })
