import { findAgentInvitation, type ToldEvent } from '@/server/booking/queries/agent-events'
import { env } from '@/server/platform/env'
import type { Mail } from '@/server/platform/mail'
import type { ReadCtx } from '@/server/platform/ctx'
import { findRdvToTell, isOvertaken, listAgentsToTell, listRdvFacts } from '../queries/agent-facts'
import { loadWording } from '../queries/wordings'
import { readRdvWords } from '../queries/agent-words'
import { before, isOnlyRenamed, newsOf, type AgentNews, type AgentsRdv, type Author } from '../rules/agent-telling'
import type { Failure } from '../rules/sending'
import type { ToAgent } from '../store'
import { agentMail } from '../templates/agent'

/** `untilAt`: the RDV's start. */
type Judged = { mail: Mail; untilAt: Date } | { why: Failure }

/**
 * What an agent is told of an RDV, judged and written from what it is at this moment: nothing once it has begun, nor what
 * is no longer true, nor what somebody no longer wants to be told.
 */
export async function rdvMail(read: ReadCtx, message: ToAgent & { rdvId: number }): Promise<Judged> {
  const { rdvId, agentId, eventId, id } = message
  const [rdv, facts, [agent]] = [
    await findRdvToTell(read, rdvId),
    await listRdvFacts(read, rdvId, eventId),
    await listAgentsToTell(read, [agentId], rdvId),
  ]
  if (!rdv || (await isOvertaken(read, { id, rdvId, agentId }))) return { why: 'obsolete' }
  if (rdv.startsAt <= read.now) return { why: 'too-late' }
  if (!agent || agent.email === null || agent.level === 'none') return { why: 'muted' }
  const news = newsOf(agentId, agent.level, rdv, facts, read.now)
  if (news === null || news !== message.news) return { why: 'obsolete' }
  const was = before(facts, rdv)
  const isOfItsNameOrPeople = news === 'people' || (news === 'moved' && isOnlyRenamed(was, rdv))
  if (isOfItsNameOrPeople && !agent.worksThere) return { why: 'muted' }
  const authors = facts.map(({ author }) => author)
  const words = await readRdvWords(read, rdvId, {
    lieuIds: [was.lieuId, rdv.lieuId].filter((lieuId) => lieuId !== null),
    agentIds: [...rdv.agentIds, ...was.agentIds, ...agentsAmong(authors)],
  })
  if (!words) return { why: 'obsolete' }
  const { wording, from } = await loadWording(read, { rdvId }, { audience: 'agent', news, channel: 'mail' })
  const url = env().APP_URL
  const told = toldEvent(news, was, words.togetherCount)
  const calendar = told && (await findAgentInvitation(read, { rdvId, agentId, to: agent.email }, told))
  return {
    untilAt: rdv.startsAt,
    mail: {
      ...{ to: agent.email, senderName: from.senderName, ...(calendar && { calendar }) },
      ...agentMail(news, { agentId, rdvId, was, is: rdv, authors, words, url, knowsAll: agent.worksThere }, wording),
    },
  }
}

const agentsAmong = (authors: readonly Author[]): number[] =>
  authors.flatMap((author) => (author.kind === 'agent' ? [author.agentId] : []))

/** What becomes of it in their calendar; null when who comes to a session alone has changed. */
function toldEvent(news: AgentNews, was: AgentsRdv, togetherCount: number): ToldEvent | null {
  if (news === 'people') return null
  if (news === 'cancelled' || news === 'removed') return { kind: news, was }
  return { kind: news === 'placed' && togetherCount > 1 ? 'series' : 'invited', was: null }
}
