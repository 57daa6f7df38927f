import type { ChangedValue, LedgerEvent } from '@/server/platform/ledger'

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

/** An agent received somebody in an organisation that did not know them: their file opens there from then on. */
export const usagerReceived = (
  usager: { id: number; territoryId: number },
  organisationId: number,
): LedgerEvent & { kind: 'usager.received' } => ({
  kind: 'usager.received',
  territoryId: usager.territoryId,
  subject: { kind: 'usager', id: usager.id },
  payload: { organisationId },
})

/** Fields of a file were changed: their names alone. Of consents, their values too, kept apart and erasable with the person. */
export const usagerChanged = (
  usager: { id: number; territoryId: number },
  fields: readonly string[],
  told: readonly ChangedValue[],
): LedgerEvent & { kind: 'usager.changed' } => ({
  kind: 'usager.changed',
  territoryId: usager.territoryId,
  subject: { kind: 'usager', id: usager.id },
  payload: { fields },
  values: told.map((value) => ({ ...value, usagerId: usager.id })),
})

/** An e-mail nobody vouched for on this file was proven by somebody else, whose it is now. */
export const usagerEmailTakenOff = (usager: {
  id: number
  territoryId: number
}): LedgerEvent & { kind: 'usager.email-taken-off' } => ({
  kind: 'usager.email-taken-off',
  territoryId: usager.territoryId,
  subject: { kind: 'usager', id: usager.id },
})

export type PeopleEvent =
  | ReturnType<typeof usagerCreated>
  | ReturnType<typeof usagerReceived>
  | ReturnType<typeof usagerChanged>
  | ReturnType<typeof usagerEmailTakenOff>
