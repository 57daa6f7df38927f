import { idIn, idsIn, one, pageIn } from '@/app/_lib/search'
import type { BoardQuestion } from '@/server/booking/schema'

type Which = BoardQuestion['which']
export type BoardSearch = Partial<
  Record<'jour' | 'vue' | 'agents' | 'equipe' | 'service' | 'lieu' | 'qui' | 'page' | 'annules', string | string[]>
>

const MAX_AGENTS = 12

/** The form's own way: « lieu-3 », and « lieu-3-page-2 » of the choice it is on, so that another begins at its first page. */
const asTyped = ({ qui }: BoardSearch): (string | undefined)[] =>
  /^(equipe|service|lieu|agents)-(\d{1,15})(?:-page-(\d{1,4}))?$/.exec(one(qui) ?? '') ?? []

/** The page of agents the address asks for, from 1. */
export function pageAsked(search: BoardSearch): number {
  const [isTyped, , , page] = asTyped(search)
  return pageIn(isTyped === undefined ? search.page : page)
}

/** Whose agendas the address asks for; null when it does not say. */
export function whichAsked(search: BoardSearch): Which | null {
  const [, kind, id] = asTyped(search)
  if (kind !== undefined && id !== undefined) return whichAsked({ [kind]: id })
  const agentIds = idsIn(search.agents, MAX_AGENTS)
  if (agentIds.length > 0) return { kind: 'agents', agentIds }
  const [groupId, serviceId, lieuId] = [idIn(search.equipe), idIn(search.service), idIn(search.lieu)]
  if (groupId !== null) return { kind: 'group', groupId }
  if (serviceId !== null) return { kind: 'service', serviceId }
  return lieuId === null ? null : { kind: 'lieu', lieuId }
}

/** What the form says of the choice it is on. */
export function typedChoice(which: Which, page: number): string {
  const [kind, ids] = whichParameters(which)
  return page > 1 ? `${kind}-${ids}-page-${page}` : `${kind}-${ids}`
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
