import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { listAgentsToTell } from '../queries/agent-facts'
import { findPlanningSave } from '../queries/planning-facts'
import { isToldOfPlanning, planningNewsFor } from '../rules/planning'
import { queueMessages } from '../store'

/** Tells an agent, as they chose, what was written of their openings or absences, once a save. Run twice, it says nothing more. */
export const tellPlanning = (ctx: Ctx, { eventId }: { eventId: number }) =>
  inTransaction(ctx, async (tx) => {
    const save = await findPlanningSave(tx, eventId)
    if (!save) return done({ told: 0 })
    const { agentId, territoryId } = save
    const [agent] = await listAgentsToTell(tx, [agentId], null)
    if (!agent || agent.email === null || !isToldOfPlanning(agent, save)) return done({ told: 0 })
    const told = await queueMessages(tx, [
      {
        ...{ agentId, territoryId, eventId, version: 1, news: planningNewsFor(save) },
        ...{ channel: 'mail', recipient: agent.email },
      },
    ])
    return done({ told })
  })
