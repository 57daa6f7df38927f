import type { GrantLine } from './grants'

/** What a line of the history of rights is about. */
export const HISTORY_KINDS = [
  'member.invited',
  'member.invitation-ended',
  'member.joined',
  'member.left',
  'member.role-set',
  'member.services-set',
  'member.administers-set',
  'grant.changed',
  'grant.copied',
  'grant.copy-undone',
  'group.saved',
  'group.deleted',
  'territory.impersonated-writes-set',
] as const
export type HistoryKind = (typeof HISTORY_KINDS)[number]

/** Who changed what, when. Names are those of today; what no longer exists has none. */
export type HistoryLine = {
  readonly eventId: number
  readonly kind: HistoryKind
  readonly at: Date
  readonly by: string | null
  /** The support itself did. */
  readonly isSupport: boolean
  /** The support acted in that agent's place. */
  readonly isImpersonated: boolean
  /** Whom it is about, when it is one agent. */
  readonly agent: string | null
  readonly organisation: string | null
  /** Of a change of group: who joined or left it. */
  readonly agents: readonly string[]
  /** The agent whose accesses were copied. */
  readonly source: string | null
  readonly group: string | null
  readonly grantee: GrantLine['grantee'] | null
  readonly target: GrantLine['target'] | null
  readonly from: string | null
  readonly to: string | null
}
