import { notFound } from 'next/navigation'
import { hoursWords } from '@/app/_lib/dates'
import { orNotFound } from '@/app/_lib/or-not-found'
import type { Viewer } from '@/app/_lib/viewer'
import { agendaSchema } from '@/server/access/schema'
import { api } from '@/server/api'

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
export async function colleagueAsked(agentId: number, viewer: Viewer): Promise<{ name: string; zone: string } | null> {
  if (agentId === viewer.agentId) return null
  const agenda = await orNotFound((await api()).access.getAgenda({ agentId }))
  if (agenda.level !== 'write') notFound()
  return agenda
}

/** Above a form that writes on a colleague's agenda: whose it is, and whose hours, when the clocks differ. */
export function agendaIntro(colleague: { name: string; zone: string } | null, viewer: Viewer): { intro?: string } {
  if (!colleague) return {}
  const hours = hoursWords(colleague.zone, viewer.zone)
  return { intro: `Agenda de ${colleague.name}${hours ? `, ${hours}` : ''}` }
}

/** Whose list one may ask for: one's own, and those of colleagues open in writing. */
export async function agendasToWrite(viewer: Viewer): Promise<{ value: string; label: string }[]> {
  const agendas = await (await api()).access.listAgendas()
  const open = agendas.filter(({ level }) => level === 'write')
  return [{ agentId: viewer.agentId, name: 'Moi' }, ...open].map(({ agentId, name }) => ({
    value: String(agentId),
    label: name,
  }))
}
