import type { LocationType } from '@/server/directory/rules/motif'
import type { PersonNeeds } from '@/server/people/rules/needs'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import type { Warning } from './warnings'

/** A motif an agent may place, and whether an opening of that agent offers it at that time. */
export type PlaceableMotif = {
  id: number
  name: string
  color: string
  durationMin: number
  locationType: LocationType
  organisationId: number
  organisationName: string
  serviceId: number
  serviceName: string
  isOfOpening: boolean
}

/** What the steps of placing an RDV are chosen from, once the motif is. */
export type Placement = {
  motif: Omit<PlaceableMotif, 'isOfOpening'> & {
    territoryId: number
    zone: string
    takesContext: boolean
    /** By what the motif says of messages; each person's may be changed for this RDV. */
    notifies: boolean
    /** Whether the person sees RDVs of this motif; may be chosen otherwise for this RDV. */
    isShown: boolean
  }
  /** Whose agendas the reader writes this motif on, the reader first. */
  agents: { id: number; name: string; services: string }[]
  lieux: { id: number; name: string; address: string }[]
  /** Where the chosen agents receive at the chosen time, when that is one lieu. */
  suggestedLieuId: number | null
  people: FoundUsager[]
  /** What to prepare for those of them whose file the reader may open. */
  needs: PersonNeeds[]
  /** Null until agents, place and time are all chosen. */
  warnings: Warning[] | null
}

export const CREATE_REFUSALS = [
  'overlap',
  'to-confirm',
  'agent-missing',
  'agent-elsewhere',
  'person-missing',
  'no-such-person',
  'place-missing',
  'address-missing',
  'phone-missing',
  'contact-missing',
  'bad-time',
  'date-missing',
] as const
export type CreateRefusal = (typeof CREATE_REFUSALS)[number]

/** Earliest year and furthest ahead an RDV is placed (domain §1.13). */
const FIRST_YEAR = 2018
const MAX_YEARS_AHEAD = 5

export function isPlaceable(startAt: Date, now: Date): boolean {
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + MAX_YEARS_AHEAD)
  return startAt.getUTCFullYear() >= FIRST_YEAR && startAt <= latest
}

/** `isMobile`: whether that phone receives an SMS. */
type Reachable = { phone: string | null; isMobile: boolean; email: string | null }

/** A call needs somebody's number, a video RDV somewhere to send its link (domain §3.3). */
export function whyNotReached(locationType: LocationType, people: readonly Reachable[]): CreateRefusal | null {
  if (locationType === 'phone') return people.some(({ phone }) => phone !== null) ? null : 'phone-missing'
  if (locationType !== 'visio') return null
  return people.some(({ isMobile, email }) => isMobile || email !== null) ? null : 'contact-missing'
}
