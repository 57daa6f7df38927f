import type { LedgerEvent } from '@/server/platform/ledger'
import type { ExportFailure } from './rules/exports'
import type { MovedValue } from './rules/reschedule'
import type { Status } from './rules/status'

type Rdv = { id: number; territoryId: number }

const fact = <Kind extends string, Payload extends NonNullable<LedgerEvent['payload']>>(
  kind: Kind,
  rdv: Rdv,
  payload: Payload,
) => ({ kind, territoryId: rdv.territoryId, subject: { kind: 'rdv', id: rdv.id }, payload })

const ofAgent = <Kind extends string>(kind: Kind, agentId: number) =>
  ({ kind, territoryId: null, subject: { kind: 'agent', id: agentId }, payload: {} }) as const

/** A person booked online. */
export const rdvBooked = (rdv: Rdv, by: { participationId: number; linkId: number; agentId: number }) =>
  fact('rdv.booked', rdv, by)

/** An agent placed it. */
export const rdvCreated = (rdv: Rdv, by: { agentIds: readonly number[]; acknowledgedOverlap: boolean }) =>
  fact('rdv.created', rdv, by)

/** A person joined a collective session. */
export const participationAdded = (rdv: Rdv, by: { participationId: number; linkId: number }) =>
  fact('rdv.participation-added', rdv, by)

export const rdvStatusSet = (rdv: Rdv, { from, to }: { from: Status; to: Status }) => ({
  ...fact('rdv.status-set', rdv, { from, to }),
  values: [{ field: 'status', from, to }],
})

/** A person cancelled, by their link. `participationOnly` when they left a collective session. */
export const rdvCancelled = (rdv: Rdv, by: { participationId: number; participationOnly: boolean }) =>
  fact('rdv.cancelled', rdv, by)

/** Another time, lieu or other agents; `agentIds` are all those it concerns, before and after. `byParticipationId`: of its own person, who moved it. */
export const rdvMoved = (
  rdv: Rdv,
  {
    values,
    ...change
  }: {
    agentIds: readonly number[]
    acknowledgedOverlap: boolean
    byParticipationId: number | null
    values: readonly MovedValue[]
  },
) => ({ ...fact('rdv.moved', rdv, change), values })

/** A session is called otherwise; null: as its motif is. */
export const rdvTitleSet = (rdv: Rdv, { from, to }: { from: string | null; to: string | null }) => ({
  ...fact('rdv.title-set', rdv, {}),
  values: [{ field: 'title', from, to }],
})

/** Somebody came into the waiting room, or was said not to have. */
export const rdvArrivalSet = (rdv: Rdv, by: { participationId: number; isHere: boolean }) =>
  fact('rdv.arrival-set', rdv, by)

/** Whoever holds its link, or the number typed for it, said by what they are told of it. */
export const rdvConsentSet = (rdv: Rdv, by: { participationId: number; channel: 'mail' | 'sms'; isOn: boolean }) =>
  fact('rdv.consent-set', rdv, by)

/** An agent asked for a new secret address of their calendar. */
export const calendarFeedRenewed = (agentId: number) => ofAgent('agent.calendar-feed-renewed', agentId)

/** An agent keeps the filters of their list otherwise. */
export const filtersChanged = (agentId: number) => ofAgent('agent.filters-changed', agentId)

/** A person is reached elsewhere, as their account proved, or an agent wrote: so many of their RDVs to come are told of there. */
export const rdvsReaddressed = (
  { territoryId, ...subject }: { kind: 'account' | 'usager'; id: number; territoryId: number | null },
  by: { contact: 'phone' | 'email'; rdvCount: number },
) => ({ kind: 'rdvs.readdressed', territoryId, subject, payload: by }) as const

const ofExport = <Kind extends string, Payload extends { agentId: number }>(
  kind: Kind,
  exportId: number,
  payload: Payload,
) => ({ kind, territoryId: null, subject: { kind: 'export', id: exportId }, payload })

/** An agent asked for a list of RDVs as a file. */
export const exportAsked = (exportId: number, by: { agentId: number }) => ofExport('export.asked', exportId, by)
/** In each territory the file holds RDVs of, counted there; in none when it holds no RDV. */
export const exportWritten = (
  exportId: number,
  { territoryId, ...by }: { agentId: number; territoryId: number | null; rowCount: number },
) => ({ ...ofExport('export.written', exportId, by), territoryId })
export const exportFailed = (exportId: number, by: { agentId: number; why: ExportFailure }) =>
  ofExport('export.failed', exportId, by)

export type ExportAsked = ReturnType<typeof exportAsked>
export type ExportWritten = ReturnType<typeof exportWritten>
export type RdvArrivalSet = ReturnType<typeof rdvArrivalSet>
export type RdvCancelled = ReturnType<typeof rdvCancelled>
export type RdvMoved = ReturnType<typeof rdvMoved>
export type RdvStatusSet = ReturnType<typeof rdvStatusSet>
export type RdvBooked = ReturnType<typeof rdvBooked>
export type ParticipationAdded = ReturnType<typeof participationAdded>
export type BookingEvent =
  | RdvBooked
  | ReturnType<typeof rdvCreated>
  | ParticipationAdded
  | RdvStatusSet
  | RdvCancelled
  | RdvMoved
  | ReturnType<typeof rdvTitleSet>
  | RdvArrivalSet
  | ReturnType<typeof rdvConsentSet>
  | ReturnType<typeof rdvsReaddressed>
  | ReturnType<typeof calendarFeedRenewed>
  | ReturnType<typeof filtersChanged>
  | ExportAsked
  | ExportWritten
  | ReturnType<typeof exportFailed>
