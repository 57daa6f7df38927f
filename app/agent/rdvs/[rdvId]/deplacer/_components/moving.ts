import { idIn, idsIn, one, type SearchParams } from '@/app/_lib/search'
import { readStart } from '@/app/agent/_components/start'
import { reschedulingSchema, startField, startParameter } from '@/server/booking/schema'

/** Where an RDV goes, as far as the address says. */
export type Moving = {
  startAt: Date | null
  durationMin: number | null
  lieuId: number | null
  agentIds: readonly number[]
  /** The time is asked for again. */
  isReopened: boolean
}

const { durationMin: durationField } = reschedulingSchema.shape

export const pathOf = (rdvId: number): string => `/agent/rdvs/${rdvId}/deplacer`

export const readMoving = (search: SearchParams, zone: string): Moving => ({
  startAt: startField.safeParse(one(search.debut)).data ?? readStart(search, zone),
  durationMin: durationField.safeParse(Number(one(search.duree) ?? NaN)).data ?? null,
  lieuId: idIn(search.lieu),
  agentIds: idsIn(search.agents, 10),
  isReopened: one(search.etape) === 'horaire',
})

/** The same as parameters, of a link or of hidden fields. */
export const parametersOf = ({ startAt, durationMin, lieuId, agentIds }: Moving): [string, string][] => [
  ...(startAt ? [['debut', startParameter(startAt)] satisfies [string, string]] : []),
  ...(durationMin === null ? [] : [['duree', String(durationMin)] satisfies [string, string]]),
  ...(lieuId === null ? [] : [['lieu', String(lieuId)] satisfies [string, string]]),
  ...(agentIds.length === 0 ? [] : [['agents', agentIds.join(',')] satisfies [string, string]]),
]

export const movingHref = (rdvId: number, moving: Moving, step?: 'horaire'): string =>
  `${pathOf(rdvId)}?${new URLSearchParams([...parametersOf(moving), ...(step ? [['etape', step]] : [])]).toString()}`
