import { agendaSchema } from '@/server/access/schema'
import type { Viewer } from '@/app/_lib/viewer'

export type AgentSearch = { agent?: string | string[] }

/** Whose absences the page speaks of: a colleague's when asked, else the viewer's own. */
export function agentAsked({ agent }: AgentSearch, viewer: Viewer): number {
  const typed = agendaSchema.safeParse({ agentId: agent })
  return typed.success ? typed.data.agentId : viewer.agentId
}

export const absencesHref = (viewer: Viewer, agentId: number, below = ''): string =>
  `/agent/absences${below}${agentId === viewer.agentId ? '' : `?agent=${agentId}`}`
