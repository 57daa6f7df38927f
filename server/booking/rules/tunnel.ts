import type { LocationType, MotifKey } from '@/server/directory/rules/motif'
import type { FieldError } from '@/server/people/rules/fields'

/** What the tunnel's pages receive. Plain data; every instant is a `Date`, every day a civil day of the territory. */

export type CommuneChoice = { code: string; name: string; postCodes: string[]; departmentNumber: string }

export type TerritoryFacts = { id: number; name: string; zone: string; phone: string | null; departmentNumber: string }

export type ServiceChoice = { id: number; name: string; shortName: string; motifCount: number }

/** Same name and location type in several organisations: one choice for the person (domain §2.6). */
export type MotifChoice = {
  key: MotifKey
  name: string
  serviceId: number
  serviceName: string
  locationType: LocationType
  isCollective: boolean
  /** Shortest and longest of the organisations', minutes. */
  durationMin: number
  longestDurationMin: number
  /** To accept before going on; null = nothing to accept. */
  restriction: string | null
  instructions: string | null
  asksBirthDate: boolean
}

/** A lieu for an on-site motif, else the organisation that will call, visit or connect. */
export type PlaceChoice = {
  kind: 'lieu' | 'organisation'
  id: number
  name: string
  address: string | null
  phone: string | null
  hours: string | null
  accessibilityNote: string | null
  distanceM: number | null
  /** First bookable start, null = none within the booking horizon. */
  nextAt: Date | null
}

/** Nearest to the address given; the person's own commune first; soonest first. */
export type PlaceOrder = 'address' | 'commune' | 'date'

export type SlotChoice = { startAt: Date; durationMin: number; seatsLeft: number | null; title: string | null }
export type SlotDay = { onDay: string; slots: SlotChoice[] }

export const NO_SLOT_REASONS = ['no-opening', 'closed-by-delay', 'holiday', 'absent', 'full', 'no-session'] as const
export type NoSlotReason = (typeof NO_SLOT_REASONS)[number]

export type SlotPage = {
  /** Days that have slots, in order. */
  days: SlotDay[]
  fromDay: string
  /** First day of the next and previous pages; null beyond the booking horizon. */
  nextFromDay: string | null
  previousFromDay: string | null
  /** First slot after this page's window when the window is empty; null = none within the horizon. */
  nextAvailabilityAt: Date | null
  reasons: { reason: NoSlotReason; count: number }[]
}

/** What the recap shows at the top of each step, from the URL alone. */
export type TunnelRecap = {
  territory: TerritoryFacts
  commune: CommuneChoice
  service: ServiceChoice | null
  motif: MotifChoice | null
  place: PlaceChoice | null
  startAt: Date | null
}

/** Why online booking said no: words in app/_words/booking.ts, one per reason. */
export const BOOK_REFUSALS = [
  'slot-taken',
  'slot-past',
  'not-offered',
  'draft-expired',
  'draft-incomplete',
  'instructions-unread',
  'draft-changed',
  'motif-closed',
  'too-many-open',
  'booked-otherwise',
  'session-full',
  'already-registered',
] as const
export type BookRefusal = (typeof BOOK_REFUSALS)[number]

export const CANCEL_REFUSALS = ['already-cancelled', 'too-late', 'not-cancellable'] as const
export type CancelRefusal = (typeof CANCEL_REFUSALS)[number]

/** Why a person does not move their own RDV online, whatever the time they would like. */
export const MOVE_REFUSALS = [
  'already-cancelled',
  'over',
  'collective',
  'placed-by-service',
  'not-movable',
  'too-late',
] as const
export type MoveRefusal = (typeof MOVE_REFUSALS)[number]

/** Why not to that time. `changed-meanwhile`: it no longer stands where the page they read said. */
export type MoveToRefusal = MoveRefusal | 'slot-taken' | 'slot-past' | 'not-offered' | 'changed-meanwhile'

/** Which fields the coordinates step shows and demands, from the motif chosen. */
export type DraftDemands = {
  phone: 'optional' | 'required'
  birthDate: 'hidden' | 'required'
  address: 'hidden' | 'required'
}

export type DraftView<Field extends string> = {
  draftId: string
  answers: Partial<Record<Field, string>>
  errors: Partial<Record<Field, FieldError>>
  demands: DraftDemands
  recap: TunnelRecap
  /** Set once booked: the confirmation page is the only one left. */
  isBooked: boolean
  expiresAt: Date
}

/** By what a person is told of their RDV; neither when nothing will be sent. */
export type Told = { bySms: boolean; byMail: boolean }

/** Of an RDV that is over: who held it, and whom to call. */
export type EndedRdv = { territoryName: string; phone: string | null }

/** What a person sees of their own RDV, after booking or by a signed link. */
export type RdvForUsager = {
  uuid: string
  status: 'unknown' | 'seen' | 'excused' | 'revoked' | 'noshow'
  startAt: Date
  endAt: Date
  zone: string
  territoryName: string
  organisationName: string
  serviceName: string
  /** Null when the motif is confidential and the page was reached by a link. */
  motifName: string | null
  title: string | null
  locationType: LocationType
  /** Where a video RDV is held; null for the others. */
  videoUrl: string | null
  placeName: string | null
  placeAddress: string | null
  placeHours: string | null
  accessibilityNote: string | null
  phone: string | null
  instructions: string | null
  cancelWarning: string | null
  /** First name of the person it is for. */
  forFirstName: string
  isCollective: boolean
  whyNotCancel: CancelRefusal | null
  whyNotMove: MoveRefusal | null
  cancelNoticeMin: number
  /** Signed link to this page, path only: `/r/…`. */
  linkPath: string
}
