import type { LedgerEvent } from '@/server/platform/ledger'

/** A file was opened for a person. Their name stays in the file: the ledger holds ids. */
export const usagerCreated = (usager: {
  id: number
  territoryId: number
  maybeSameAsId: number | null
}): LedgerEvent & { kind: 'usager.created' } => ({
  kind: 'usager.created',
  territoryId: usager.territoryId,
  subject: { kind: 'usager', id: usager.id },
  payload: { maybeSameAsId: usager.maybeSameAsId },
})

export type UsagerCreated = ReturnType<typeof usagerCreated>
