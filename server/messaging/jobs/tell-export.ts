import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { listAgentsToTell } from '../queries/agent-facts'
import { findReadyExport } from '../queries/ready-exports'
import { queueMessages } from '../store'

/** Most files take some seconds, and whoever waits for one takes it from the page. */
const WAITED_MS = 60_000

/** Tells whoever asked for a file that it is ready, if they have not taken it a minute later. Run twice, it says nothing more. */
export const tellExport = (ctx: Ctx, { eventId }: { eventId: number }) =>
  inTransaction(ctx, async (tx) => {
    const ready = await findReadyExport(tx, eventId)
    if (!ready || ready.isTaken) return done({ told: 0 })
    const { agentId } = ready
    const [agent] = await listAgentsToTell(tx, [agentId], null)
    if (!agent || agent.email === null) return done({ told: 0 })
    const line = { agentId, eventId, news: 'export', channel: 'mail', recipient: agent.email, version: 1 } as const
    return done({ told: await queueMessages(tx, [line], new Date(tx.now.getTime() + WAITED_MS)) })
  })
