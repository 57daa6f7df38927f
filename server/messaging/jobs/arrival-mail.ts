import { env } from '@/server/platform/env'
import type { Mail } from '@/server/platform/mail'
import type { ReadCtx } from '@/server/platform/ctx'
import { findRdvToTell, listAgentsToTell } from '../queries/agent-facts'
import { readRdvWords } from '../queries/agent-words'
import { findArrival } from '../queries/arrivals'
import { loadWording } from '../queries/wordings'
import { isToldOfArrival, whyNotTellArrival } from '../rules/arrival'
import type { Failure } from '../rules/sending'
import type { ToAgent } from '../store'
import { agentMail } from '../templates/agent'

/** That somebody is in the waiting room, judged anew: nothing once they are received, gone, or somebody else's. */
export async function arrivalMail(
  read: ReadCtx,
  { rdvId, agentId, eventId }: ToAgent & { rdvId: number; eventId: number },
): Promise<{ mail: Mail } | { why: Failure }> {
  const arrival = await findArrival(read, eventId)
  const rdv = await findRdvToTell(read, rdvId)
  if (!arrival || !rdv?.agentIds.includes(agentId)) return { why: 'obsolete' }
  const why = whyNotTellArrival(arrival, read.now)
  if (why) return { why }
  const [agent] = await listAgentsToTell(read, [agentId], rdvId)
  if (!agent || agent.email === null || !isToldOfArrival(agent, arrival)) return { why: 'muted' }
  const { author, arrivedAt, personName } = arrival
  const words = await readRdvWords(read, rdvId, {
    lieuIds: rdv.lieuId === null ? [] : [rdv.lieuId],
    agentIds: [...rdv.agentIds, ...(author.kind === 'agent' ? [author.agentId] : [])],
  })
  if (!words) return { why: 'obsolete' }
  const { wording, from } = await loadWording(read, { rdvId }, { audience: 'agent', news: 'arrived', channel: 'mail' })
  const facts = {
    ...{ agentId, rdvId, was: rdv, is: rdv, authors: [author], words, knowsAll: agent.worksThere },
    arrival: { at: arrivedAt, personName },
    url: env().APP_URL,
  }
  return { mail: { to: agent.email, senderName: from.senderName, ...agentMail('arrived', facts, wording) } }
}
