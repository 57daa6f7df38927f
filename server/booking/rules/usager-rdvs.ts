import type { LocationType } from '@/server/directory/rules/motif'
import type { Phase, Status } from './status'

/** An RDV on the page of a person; `status` is their own part's. */
export type UsagerRdv = {
  id: number
  startAt: Date
  durationMin: number
  zone: string
  onDay: string
  phase: Phase
  status: Status
  isCollective: boolean
  title: string | null
  motifName: string
  motifColor: string
  serviceShortName: string
  organisationName: string
  locationType: LocationType
  placeName: string | null
  agents: string[]
}

/** `nextId`: the RDV the next page begins after; null at the end. */
export type UsagerRdvPage = { rdvs: UsagerRdv[]; nextId: number | null }

/** What of somebody's RDVs the reader may read: the others are neither shown nor counted (docs/decisions/0017). */
export type UsagerRdvs = {
  /** The soonest first. */
  coming: UsagerRdvPage
  /** The last first. */
  past: UsagerRdvPage
  /** Absences not excused. */
  noShowCount: number
}
