import { notFound } from 'next/navigation'
import type { Viewer } from '@/app/_lib/viewer'
import { agendaSchema } from '@/server/access/schema'
import { api, faultIn } from '@/server/api'

export type AgentSearch = { agent?: string | string[] }

/** Whose absences or openings the page speaks of: a colleague's when asked, else the viewer's own. */
export function agentAsked({ agent }: AgentSearch, viewer: Viewer): number {
  const typed = agendaSchema.safeParse({ agentId: agent })
  return typed.success ? typed.data.agentId : viewer.agentId
}

const hrefIn =
  (room: 'absences' | 'plages') =>
  (viewer: Viewer, agentId: number, below = ''): string =>
    `/agent/${room}${below}${agentId === viewer.agentId ? '' : `?agent=${agentId}`}`

export const absencesHref = hrefIn('absences')
export const openingsHref = hrefIn('plages')

/** Null for oneself; an agenda not open in writing is not found. */
export async function colleagueName(agentId: number, viewer: Viewer): Promise<string | null> {
  if (agentId === viewer.agentId) return null
  const agenda = await orNotFound((await api()).access.getAgenda({ agentId }))
  if (agenda.level !== 'write') notFound()
  return agenda.name
}

/** What is asked for, or the page that says there is none: beyond reach is not found. */
export async function orNotFound<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (faultIn(error)?.code === 'not-found') notFound()
    throw error
  }
}
