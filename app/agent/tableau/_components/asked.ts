import { idIn, idsIn, one } from '@/app/_lib/search'
import type { BoardQuestion } from '@/server/booking/schema'

type Which = BoardQuestion['which']
export type BoardSearch = Partial<
  Record<'jour' | 'vue' | 'agents' | 'equipe' | 'service' | 'lieu' | 'qui' | 'annules', string | string[]>
>

const MAX_AGENTS = 12

/** Whose agendas the address asks for; null when it does not say. `qui=lieu-3` is the form's own way. */
export function whichAsked(search: BoardSearch): Which | null {
  const [, kind, id] = /^(equipe|service|lieu|agents)-(\d{1,15})$/.exec(one(search.qui) ?? '') ?? []
  if (kind !== undefined && id !== undefined) return whichAsked({ [kind]: id })
  const agentIds = idsIn(search.agents, MAX_AGENTS)
  if (agentIds.length > 0) return { kind: 'agents', agentIds }
  const [groupId, serviceId, lieuId] = [idIn(search.equipe), idIn(search.service), idIn(search.lieu)]
  if (groupId !== null) return { kind: 'group', groupId }
  if (serviceId !== null) return { kind: 'service', serviceId }
  return lieuId === null ? null : { kind: 'lieu', lieuId }
}

/** The same, as the address says it. */
export function whichParameters(which: Which): [string, string] {
  switch (which.kind) {
    case 'agents':
      return ['agents', which.agentIds.join(',')]
    case 'group':
      return ['equipe', String(which.groupId)]
    case 'service':
      return ['service', String(which.serviceId)]
    case 'lieu':
      return ['lieu', String(which.lieuId)]
  }
}
