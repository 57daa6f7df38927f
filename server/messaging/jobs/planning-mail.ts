import { env } from '@/server/platform/env'
import type { ReadCtx } from '@/server/platform/ctx'
import { senderAddress, type Mail } from '@/server/platform/mail'
import { listAgentsToTell } from '../queries/agent-facts'
import { listPlannedEvents } from '../queries/planned-events'
import { findPlanningSave } from '../queries/planning-facts'
import { loadWording } from '../queries/wordings'
import { isToldOfPlanning, type PlanningNews } from '../rules/planning'
import { standardWording, type WordingKey } from '../rules/standard-wordings'
import type { Failure } from '../rules/sending'
import type { ToAgent } from '../store'
import { planningMailOf } from '../templates/planning'
import { planningCalendarOf } from '../templates/planning-calendar'

/** What an agent is told of their planning, judged anew: nothing to whoever no longer wants it. */
export async function planningMail(
  read: ReadCtx,
  { eventId, agentId, news }: ToAgent & { eventId: number; rdvId: null; news: PlanningNews },
): Promise<{ mail: Mail } | { why: Failure }> {
  const save = await findPlanningSave(read, eventId)
  if (!save) return { why: 'obsolete' }
  const [agent] = await listAgentsToTell(read, [agentId], null)
  if (!agent || agent.email === null || !isToldOfPlanning(agent, save)) return { why: 'muted' }
  const author = save.author.kind === 'agent' ? save.authorName : null
  const from = { name: author ?? 'RDV Territoires', email: senderAddress() }
  const calendar = planningCalendarOf(await listPlannedEvents(read, eventId), { to: agent.email, from, now: read.now })
  const { wording, senderName } = await wordsOf(read, save.wordsTerritoryId, news)
  return {
    mail: {
      ...{ to: agent.email, senderName, ...(calendar && { calendar }) },
      ...planningMailOf(news, save, { appUrl: env().APP_URL, wording }),
    },
  }
}

/** Those its territory chose; of no one territory, the standard ones, in the name of the platform. */
async function wordsOf(read: ReadCtx, territoryId: number | null, news: PlanningNews) {
  const key = { audience: 'agent', news, channel: 'mail' } as const satisfies WordingKey
  if (territoryId === null) return { wording: standardWording(key), senderName: null }
  const { wording, from } = await loadWording(read, { territoryId, motifId: null }, key)
  return { wording, senderName: from.senderName }
}
