import type { LeaveRefusal } from '@/server/access/rules/members'
import type { LocationType } from '@/server/directory/rules/motif'
import type { Actor } from '@/server/kernel/actor'
import type { PersonNeeds } from '@/server/people/rules/needs'
import type { AbsenceKind } from '@/server/scheduling/rules/absence'
import type { Status, Phase } from './status'

export type Contact = { phone: string | null; email: string | null }

/** What the file of somebody holds, and what they gave for this RDV (null: nothing), which is not always the same. */
export type Reachable = Contact & { given: Contact | null }

/** A person on an RDV. */
export type PersonOnRdv = Reachable & {
  participationId: number
  usagerId: number
  status: Status
  firstName: string
  lastName: string
  bornOn: string | null
  address: string | null
  /** The responsable, for a proche. */
  responsible: (Reachable & { firstName: string; lastName: string }) | null
  /** An agent should settle whether this file doubles another. */
  isMaybeDouble: boolean
}

/** An RDV on an agent's lists. */
export type AgentRdv = {
  id: number
  territoryId: number
  startAt: Date
  endAt: Date
  durationMin: number
  zone: string
  onDay: string
  phase: Phase
  status: Status
  moves: readonly Status[]
  motifId: number
  lieuId: number | null
  motifName: string
  motifColor: string
  serviceShortName: string
  organisationName: string
  locationType: LocationType
  placeName: string | null
  placeAddress: string | null
  homeAddress: string | null
  /** Where a video RDV is held; null for the others. */
  videoUrl: string | null
  isCollective: boolean
  title: string | null
  seats: { taken: number; max: number | null } | null
  agents: { id: number; name: string }[]
  people: PersonOnRdv[]
  /** Knowingly placed over another RDV of its agents, which still stands. */
  isOverbooked: boolean
  /** Whether the reader may change it. */
  level: 'read' | 'write'
  context: string | null
}

/** That a colleague is taken, and nothing of by whom, where or for what. */
export type BusyTime = { startAt: Date; endAt: Date }

/** `heldUntilAt`: a slot that is kept until then for somebody who waits, where the agenda is read. */
export type TakenTime = BusyTime & { heldUntilAt?: Date }

/** An absence has no organisation: it shows from `read` on any part of an agenda. */
export type AwayTime = BusyTime & { absenceId: number; kind: AbsenceKind; title: string; color: string }

/** An agenda, as far as it is open; its absences among what is busy when no more may be known of them. */
export type OpenAgenda = { rdvs: AgentRdv[]; busy: TakenTime[]; away: AwayTime[] }

/**
 * An RDV on its own page, with what its motif told the person before they booked. `files`: of those people whose file the
 * reader may open, what to prepare for each.
 */
export type AgentRdvPage = AgentRdv & {
  restriction: string | null
  instructions: string | null
  files: PersonNeeds[]
  /** Whether the person may open it, and messages about it go. */
  isShownToUsager: boolean
  /** Whether somebody is still to come: their letters may be printed. */
  isAwaited: boolean
  /** Whether the viewer may place another like it. */
  mayRepeat: boolean
}

export type RdvHistoryLine = {
  at: Date
  kind: string
  /** `isImpersonated`: the support acted in that agent's place. */
  author: { kind: Actor['kind']; name: string | null; isImpersonated?: boolean }
  /** What changed, when a value did: a lieu and agents are told by name. */
  field: string | null
  from: string | null
  to: string | null
}

/** How many of those to fill in a page holds: the others come as these leave. */
export const TO_FILL_LISTED = 100

export const STATUS_REFUSALS = ['changed-meanwhile', 'not-allowed', 'not-started', 'slot-taken', 'seats-taken'] as const
export type StatusRefusal = (typeof STATUS_REFUSALS)[number]

/** RDVs to come of somebody about to leave an organisation; `rdvId` null where the viewer may not open it. */
export type FutureRdvs = {
  readonly count: number
  readonly first: readonly { readonly startAt: Date; readonly rdvId: number | null }[]
}

export type RemoveAgentRefusal = LeaveRefusal | 'future-rdvs'
