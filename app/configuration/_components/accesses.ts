import { orNotFound } from '@/app/_lib/or-not-found'
import { withQuery } from '@/app/_lib/save-route'
import { idIn } from '@/app/_lib/search'
import { api } from '@/server/api'

export type AgentParams = Promise<{ agentId: string }>

/** The accesses the page is about: of the agent of its address, in its `territoire`. Beyond reach is not found. */
export async function accessesOf(params: AgentParams, search: Awaited<Readonly<Record<string, unknown>>>) {
  const agentId = idIn((await params).agentId) ?? 0
  const asked = typeof search.territoire === 'string' ? idIn(search.territoire) : null
  return orNotFound((await api()).rights.getAccesses({ agentId, territoryId: asked }))
}

type Where = { agentId: number; territory: { territoryId: number } }

export const accessesHref = ({ agentId, territory }: Where, more = ''): string =>
  withQuery(`/configuration/agents/${agentId}${more}`, { territoire: String(territory.territoryId) })
