import type { HolidayName } from '@/server/scheduling/rules/holidays'
import type { OpenAgenda } from './agent-views'
import { MAX_HURT } from './impact'
import type { MoveFateRefusal, MoveOffer } from './offers'

/** Why an agent cannot have this opening. */
export type AgentFault = { reason: 'not-member' | 'motif-not-offered' | 'lieu-missing' | 'lieu-closed'; agent: string }

/** What one may go on with, knowingly. */
export type PlanningWarning =
  | { kind: 'overlap'; agent: string; onDay: string; title: string }
  | { kind: 'short'; motif: string; durationMin: number }
  | { kind: 'holiday'; onDay: string; holiday: HolidayName }
  /** Dates that had been taken away or moved, of days the series falls on no more. */
  | { kind: 'lost-days'; days: readonly string[] }

/** What there is to say before an opening or an absence is saved or taken away: `rdvs` and `busy` are those it hurts. */
export type PlanningJudgement = Omit<OpenAgenda, 'away'> & {
  /** Somebody changed it since it was shown. */
  isStale: boolean
  faults: readonly AgentFault[]
  warnings: readonly PlanningWarning[]
  /** Of those the reader may move, the first to come: when each may be held instead, the change once made. */
  offers: readonly MoveOffer[]
  /** Of the times asked about, those that cannot be had: see also `whyNotFates`. */
  refusals: readonly { rdvId: number; reason: MoveFateRefusal }[]
  /** How many it hurts, whoever may read them; beyond `MAX_HURT` nothing can be decided of each, and nothing is saved. */
  hurtCount: number
  /** What saving sends back to say that all this was seen; null when there is nothing to see. */
  known: string | null
}

/** Whether the choices a judgement asks for may be made and saved. */
export const mayGoOn = ({ isStale, faults, hurtCount }: PlanningJudgement): boolean =>
  !isStale && faults.length === 0 && hurtCount <= MAX_HURT

export type PlanningRefusal = 'not-possible' | 'too-many-hurt' | 'to-acknowledge' | 'changed-meanwhile' | 'rdv-refused'
