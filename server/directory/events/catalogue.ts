import type { ChangedValue } from '@/server/platform/ledger'

type Subject = { readonly id: number; readonly territoryId: number; readonly organisationId: number }
const on = (kind: 'motif' | 'lieu', { id, territoryId, organisationId }: Subject) => ({
  territoryId,
  subject: { kind, id },
  payload: { organisationId },
})

export const motifSaved = (motif: Subject, isNew: boolean, values: readonly ChangedValue[]) => {
  const { payload, ...rest } = on('motif', motif)
  return {
    kind: 'motif.saved',
    ...rest,
    payload: { ...payload, isNew, fields: values.map(({ field }) => field) },
    values,
  } as const
}

export const motifDeleted = (motif: Subject, isKept: boolean) => {
  const { payload, ...rest } = on('motif', motif)
  return { kind: 'motif.deleted', ...rest, payload: { ...payload, isKept } } as const
}

export const lieuSaved = (lieu: Subject, isNew: boolean, values: readonly ChangedValue[]) => {
  const { payload, ...rest } = on('lieu', lieu)
  return { kind: 'lieu.saved', ...rest, payload: { ...payload, isNew }, values } as const
}

export const lieuDeleted = (lieu: Subject) => ({ kind: 'lieu.deleted', ...on('lieu', lieu) }) as const

export type CatalogueEvent =
  | ReturnType<typeof motifSaved>
  | ReturnType<typeof motifDeleted>
  | ReturnType<typeof lieuSaved>
  | ReturnType<typeof lieuDeleted>
