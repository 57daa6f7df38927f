import type { HolidayName } from '@/server/scheduling/rules/holidays'
import type { OpenAgenda } from './agent-views'

/** Why an agent cannot have this opening. */
export type AgentFault = { reason: 'not-member' | 'motif-not-offered' | 'lieu-missing' | 'lieu-closed'; agent: string }

/** What one may go on with, knowingly. */
export type OpeningWarning =
  | { kind: 'overlap'; agent: string; onDay: string; title: string }
  | { kind: 'short'; motif: string; durationMin: number }
  | { kind: 'holiday'; onDay: string; holiday: HolidayName }

/** What there is to say before an opening is saved or taken away. */
export type OpeningJudgement = Omit<OpenAgenda, 'away'> & {
  /** Somebody changed it since it was shown. */
  isStale: boolean
  faults: readonly AgentFault[]
  warnings: readonly OpeningWarning[]
  /** What saving sends back to say that all this was seen; null when there is nothing to see. */
  known: string | null
}

export type OpeningRefusal = 'not-possible' | 'to-acknowledge' | 'changed-meanwhile'
