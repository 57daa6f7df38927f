import { idField } from '@/server/kernel/fields'
import { MAX_IN_A_ROW, searchAgentSlotsSchema } from '@/server/booking/schema'

export const PATH = '/agent/creneaux'

export type Search = Readonly<Record<string, string | string[] | undefined>>

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
}

function idsOf(value: string | string[] | undefined): number[] {
  const texts = [value ?? []].flat().flatMap((text) => text.split(','))
  return [...new Set(texts.flatMap((text) => idField.safeParse(text).data ?? []))].slice(0, 50)
}

const orAny = (ids: number[]): 'any' | number[] => (ids.length === 0 ? 'any' : ids)
const one = (value: string | string[] | undefined): string | undefined => [value ?? []].flat().at(-1)

export const readSearch = (search: Search): SlotSearch => ({
  motif: idsOf(search.motif)[0] ?? null,
  agents: orAny(idsOf(search.agents)),
  groups: idsOf(search.equipes).slice(0, 20),
  lieux: orAny(idsOf(search.lieux)),
  fromDay: searchAgentSlotsSchema.shape.fromDay.safeParse(one(search.du)).data ?? null,
  durationMin: searchAgentSlotsSchema.shape.durationMin.safeParse(Number(one(search.duree) ?? NaN)).data ?? null,
  together: one(search.ensemble) === 'oui',
  rowCount: Math.min(MAX_IN_A_ROW, idsOf(search.suite)[0] ?? 1),
  usagers: idsOf(search.usagers).slice(0, 20),
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
  ]
  return given.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]))
}

export const searchHref = (search: SlotSearch, over: Partial<SlotSearch> = {}): string =>
  `${PATH}?${new URLSearchParams(parametersOf({ ...search, ...over })).toString()}`
