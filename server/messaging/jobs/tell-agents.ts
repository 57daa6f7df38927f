import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx, type TxCtx } from '@/server/platform/ctx'
import { enqueueSettling } from '@/server/platform/jobs'
import { findRdvToTell, listAgentsToTell, listRdvFacts, type AgentToTell, type RdvToTell } from '../queries/agent-facts'
import { concernedBy, newsOf, type RdvFact } from '../rules/agent-telling'
import { SETTLING } from '../rules/telling'
import { queueMessages, lockRdvToTell, writeAgentTelling, type NewMessage } from '../store'

/**
 * Tells the agents of an RDV what others did of it, each as they chose. A new RDV is told at once; what changes waits two
 * minutes for another change, unless `isSettled`. Run twice, it says nothing more: up to which fact they were told is
 * written with the messages, under the RDV's lock.
 */
export const tellAgents = (ctx: Ctx, { rdvId, isSettled }: { rdvId: number; isSettled: boolean }) =>
  inTransaction(ctx, async (tx) => {
    await lockRdvToTell(tx, rdvId)
    const rdv = await findRdvToTell(tx, rdvId)
    if (!rdv) return done({ told: 0 })
    const facts = await listRdvFacts(tx, rdvId, (rdv.told?.eventId ?? 0) + 1)
    const last = facts.at(-1)
    if (!last) return done({ told: 0 })
    if (!isSettled && !facts.some(({ kind }) => kind === 'placed')) {
      const job = { payload: { rdvId }, key: `tell-agents-${String(rdvId)}` }
      await enqueueSettling(tx.db, 'tell-agents', job, { now: tx.now, ...SETTLING })
      return done({ told: 0 })
    }
    const agents = await listAgentsToTell(tx, concernedBy(facts, rdv), rdvId)
    const lines = await linesOf(tx, { rdvId, rdv, facts, agents })
    await writeAgentTelling(tx, rdvId, last.eventId)
    return done({ told: await queueMessages(tx, lines) })
  })

type Case = { rdvId: number; rdv: RdvToTell; facts: readonly RdvFact[]; agents: readonly AgentToTell[] }

/** What waits to leave is said again with what came since: the agent learns both at once. */
async function linesOf(tx: TxCtx, { rdvId, rdv, facts, agents }: Case): Promise<NewMessage[]> {
  const [first] = facts
  const earliest = Math.min(...agents.map(({ waitingFrom }) => waitingFrom ?? Infinity), first?.eventId ?? 0)
  const all = first && earliest < first.eventId ? await listRdvFacts(tx, rdvId, earliest) : facts
  return agents.flatMap(({ agentId, email, level, waitingFrom }): NewMessage[] => {
    const eventId = waitingFrom ?? first?.eventId ?? 0
    const news = newsOf(
      agentId,
      level,
      rdv,
      all.filter((fact) => fact.eventId >= eventId),
      tx.now,
    )
    if (!news || email === null) return []
    return [
      {
        ...{ rdvId, territoryId: rdv.territoryId, agentId, eventId, news },
        ...{ channel: 'mail', recipient: email, version: (rdv.told?.version ?? 0) + 1 },
      },
    ]
  })
}
