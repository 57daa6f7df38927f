import type { AgentRdv } from './agent-views'

/** An RDV on the page of a person; `status` is their own part's, `agents` their names. */
export type UsagerRdv = Pick<
  AgentRdv,
  | 'id'
  | 'startAt'
  | 'durationMin'
  | 'zone'
  | 'onDay'
  | 'phase'
  | 'status'
  | 'isCollective'
  | 'title'
  | 'motifName'
  | 'motifColor'
  | 'serviceShortName'
  | 'organisationName'
  | 'locationType'
  | 'placeName'
> & { agents: string[] }

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
