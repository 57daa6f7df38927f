import { idIn, idsIn, one, type SearchParams } from '@/app/_lib/search'
import { MAX_IN_A_ROW, searchAgentSlotsSchema } from '@/server/booking/schema'

export const PATH = '/agent/creneaux'

/** What is looked for, as the address says it. No filter is a word; a list is never empty. */
export type SlotSearch = {
  motif: number | null
  agents: 'any' | readonly number[]
  groups: readonly number[]
  lieux: 'any' | readonly number[]
  fromDay: string | null
  durationMin: number | null
  together: boolean
  /** How many RDVs one after the other, one a person. */
  rowCount: number
  /** Whom it is for, carried along to the RDV. */
  usagers: readonly number[]
  /** The RDV that is to move to the time found; null to place a new one. */
  moving: number | null
}

const orAny = (ids: number[]): 'any' | number[] => (ids.length === 0 ? 'any' : ids)

export const readSearch = (search: SearchParams): SlotSearch => ({
  motif: idIn(search.motif),
  agents: orAny(idsIn(search.agents, 50)),
  groups: idsIn(search.equipes, 20),
  lieux: orAny(idsIn(search.lieux, 50)),
  fromDay: searchAgentSlotsSchema.shape.fromDay.safeParse(one(search.du)).data ?? null,
  durationMin: searchAgentSlotsSchema.shape.durationMin.safeParse(Number(one(search.duree) ?? NaN)).data ?? null,
  together: one(search.ensemble) === 'oui',
  rowCount: Math.min(MAX_IN_A_ROW, idIn(search.suite) ?? 1),
  usagers: idsIn(search.usagers, 20),
  moving: idIn(search.deplacer),
})

const listed = (ids: 'any' | readonly number[]): string | null =>
  ids === 'any' || ids.length === 0 ? null : ids.join(',')

export function parametersOf(search: SlotSearch): [string, string][] {
  const given: [string, string | null][] = [
    ['motif', search.motif === null ? null : String(search.motif)],
    ['agents', listed(search.agents)],
    ['equipes', listed(search.groups)],
    ['lieux', listed(search.lieux)],
    ['du', search.fromDay],
    ['duree', search.durationMin === null ? null : String(search.durationMin)],
    ['ensemble', search.together ? 'oui' : null],
    ['suite', search.rowCount > 1 ? String(search.rowCount) : null],
    ['usagers', listed(search.usagers)],
    ['deplacer', search.moving === null ? null : String(search.moving)],
  ]
  return given.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
}

export const searchHref = (search: SlotSearch, over: Partial<SlotSearch> = {}): string =>
  `${PATH}?${new URLSearchParams(parametersOf({ ...search, ...over })).toString()}`
