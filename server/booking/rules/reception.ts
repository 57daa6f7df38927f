import type { Needs } from '@/server/people/rules/needs'
import type { BusyTime } from './agent-views'
import type { Phase, Status } from './status'

/** Somebody expected at a lieu. `arrivedAt`: since when they are in the waiting room. */
export type Expected = {
  participationId: number
  usagerId: number
  firstName: string
  lastName: string
  status: Status
  arrivedAt: Date | null
  /** What to prepare for them; null when their file is not the reader's to open. */
  needs: Needs | null
}

/** An RDV as whoever receives people at the door needs it. */
export type ReceptionRdv = BusyTime & {
  rdvId: number
  status: Status
  phase: Phase
  isCollective: boolean
  title: string | null
  motifName: string
  motifColor: string
  serviceShortName: string
  agents: string[]
  people: Expected[]
  level: 'read' | 'write'
}

/** A lieu on a day: who is expected, and how many more of whom nothing may be known. */
export type Reception = { lieuName: string; zone: string; rdvs: ReceptionRdv[]; hiddenCount: number }

export const ARRIVAL_REFUSALS = ['not-today', 'not-waiting'] as const
export type ArrivalRefusal = (typeof ARRIVAL_REFUSALS)[number]

/** Whether one may say that somebody came: on the very day, as long as nobody said how it went (domain §4.5); null if so. */
export function whyNotArrive({ phase, status }: { phase: Phase; status: Status }): ArrivalRefusal | null {
  if (phase !== 'today') return 'not-today'
  return status === 'unknown' ? null : 'not-waiting'
}
