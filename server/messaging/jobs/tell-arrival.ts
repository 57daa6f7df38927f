import { done } from '@/server/kernel/outcome'
import { inTransaction, type Ctx } from '@/server/platform/ctx'
import { findRdvToTell, listAgentsToTell } from '../queries/agent-facts'
import { findArrival } from '../queries/arrivals'
import { isToldOfArrival, whyNotTellArrival } from '../rules/arrival'
import { queueMessages, type NewMessage } from '../store'

/**
 * Tells the agents of an RDV that somebody is in the waiting room, those who asked to be: at once, whatever the hour. Run
 * twice, it says nothing more.
 */
export const tellArrival = (ctx: Ctx, { eventId }: { eventId: number }) =>
  inTransaction(ctx, async (tx) => {
    const arrival = await findArrival(tx, eventId)
    if (!arrival || whyNotTellArrival(arrival, tx.now)) return done({ told: 0 })
    const { rdvId, territoryId } = arrival
    const rdv = await findRdvToTell(tx, rdvId)
    const agents = await listAgentsToTell(tx, rdv?.agentIds ?? [], rdvId)
    const lines = agents.flatMap((agent): NewMessage[] => {
      const { agentId, email } = agent
      if (email === null || !isToldOfArrival(agent, arrival)) return []
      return [{ rdvId, territoryId, agentId, eventId, news: 'arrived', channel: 'mail', recipient: email, version: 1 }]
    })
    return done({ told: await queueMessages(tx, lines) })
  })
