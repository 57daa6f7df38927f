/** How long a super-admin stands in an agent's place, at most. The database holds it too. */
export const IMPERSONATION_MIN = 30
export const REASON_MIN_LENGTH = 10
export const REASON_MAX_LENGTH = 500

export const impersonationExpiry = (startedAt: Date): Date => new Date(startedAt.getTime() + IMPERSONATION_MIN * 60_000)

/** Why nobody may stand in this agent's place, or not now. */
export type ImpersonationRefusal = 'super-admin' | 'not-active' | 'already-elsewhere'
/** Why writing stays off. */
export type WritingRefusal = 'not-allowed-here' | 'already-writing'

/** An impersonation as the agent, or a super-admin, reads it back. */
export type ImpersonationLine = {
  readonly impersonationId: number
  readonly by: string
  readonly agent: string
  readonly reason: string
  readonly startedAt: Date
  readonly endsAt: Date
  readonly isOver: boolean
  readonly writesSince: Date | null
}
