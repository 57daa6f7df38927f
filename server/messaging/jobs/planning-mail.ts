import { env } from '@/server/platform/env'
import type { ReadCtx } from '@/server/platform/ctx'
import type { Mail } from '@/server/platform/mail'
import { listAgentsToTell } from '../queries/agent-facts'
import { findPlanningSave } from '../queries/planning-facts'
import { isToldOfPlanning, type PlanningNews } from '../rules/planning'
import type { Failure } from '../rules/sending'
import type { ToAgent } from '../store'
import { planningMailOf } from '../templates/planning'
import { levelFor } from './tell-planning'

/** What an agent is told of their planning, judged anew: nothing to whoever no longer wants it. */
export async function planningMail(
  read: ReadCtx,
  { eventId, agentId, news }: ToAgent & { eventId: number; rdvId: null; news: PlanningNews },
): Promise<{ mail: Mail } | { why: Failure }> {
  const save = await findPlanningSave(read, eventId)
  if (!save) return { why: 'obsolete' }
  const [agent] = await listAgentsToTell(read, [agentId], null)
  if (!agent || agent.email === null || !isToldOfPlanning(levelFor(agent, save), save)) return { why: 'muted' }
  return { mail: { to: agent.email, ...planningMailOf(news, save, env().APP_URL.replace(/\/$/, '')) } }
}
