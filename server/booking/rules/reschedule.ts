import type { CREATE_REFUSALS } from './placing'
import { WARNING_KINDS, type Warning, type WarningKind } from './warnings'

/** When, where and by whom an RDV is held. */
export type Held = {
  startsAt: Date
  endsAt: Date
  lieuId: number | null
  agentIds: readonly number[]
}

/** One difference between two of them, as the history keeps it. */
export type MovedValue =
  | { field: 'startsAt'; from: string; to: string }
  | { field: 'durationMin'; from: number; to: number }
  | { field: 'lieuId'; from: number | null; to: number | null }
  | { field: 'agentIds'; from: readonly number[]; to: readonly number[] }

const minutesOf = ({ startsAt, endsAt }: Held): number => Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000)

const isSameSet = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id))

/** What changes from one to the other; nothing when they are the same. Agents are compared whatever their order. */
export function movedValues(before: Held, after: Held): MovedValue[] {
  const [fromMin, toMin] = [minutesOf(before), minutesOf(after)]
  const values: (MovedValue | null)[] = [
    before.startsAt.getTime() === after.startsAt.getTime()
      ? null
      : { field: 'startsAt', from: before.startsAt.toISOString(), to: after.startsAt.toISOString() },
    fromMin === toMin ? null : { field: 'durationMin', from: fromMin, to: toMin },
    before.lieuId === after.lieuId ? null : { field: 'lieuId', from: before.lieuId, to: after.lieuId },
    isSameSet(before.agentIds, after.agentIds)
      ? null
      : { field: 'agentIds', from: before.agentIds, to: after.agentIds },
  ]
  return values.filter((value) => value !== null)
}

/** What is worth a word when an RDV moves: what became of its people before is no news then. */
export const warningsOfMove = (warnings: readonly Warning[]): Warning[] =>
  warnings.filter(({ kind }) => kind !== 'no-shows')

/**
 * What need not be asked again of an RDV that goes back where it stood: all one was warned of there; but never over somebody
 * who took that time meanwhile, or for whom it is kept, unless it already stood over another, knowingly.
 */
export const knownGoingBack = ({ isOverbooked }: { isOverbooked: boolean }): WarningKind[] =>
  WARNING_KINDS.filter((kind) => (kind !== 'overlap' && kind !== 'held') || isOverbooked)

export const RESCHEDULE_REFUSALS = [
  'changed-meanwhile',
  'not-open',
  'overlap',
  'to-confirm',
  'agent-missing',
  'agent-elsewhere',
  'place-missing',
  'bad-time',
] as const satisfies readonly ('changed-meanwhile' | 'not-open' | (typeof CREATE_REFUSALS)[number])[]
export type RescheduleRefusal = (typeof RESCHEDULE_REFUSALS)[number]

/** What the choices of moving an RDV are made from, beside the RDV itself. */
export type Rescheduling = {
  /** Says which RDV was seen: see `rescheduleRdv`. */
  sequence: number
  /** Those of the RDV, and whoever else the reader may place it with. */
  agents: { id: number; name: string; services: string }[]
  /** None when it is held nowhere: by phone, at home, by video. */
  lieux: { id: number; name: string; address: string }[]
  /** Null until a time is chosen. */
  warnings: Warning[] | null
}
