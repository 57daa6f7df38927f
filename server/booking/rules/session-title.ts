import type { Status } from './status'

/** Longest title of a session: it is said in messages. */
export const MAX_TITLE_LENGTH = 80

export const TITLE_REFUSALS = ['changed-meanwhile', 'not-open', 'not-collective'] as const
export type TitleRefusal = (typeof TITLE_REFUSALS)[number]

/** What the form that names a session is drawn from. */
export type SessionTitle = {
  rdvId: number
  title: string | null
  /** Says which RDV was seen: see `setTitle`. */
  sequence: number
  motifName: string
  status: Status
  startAt: Date
  zone: string
  isCollective: boolean
  /** No message names it then, and the public does not read it. */
  isConfidential: boolean
}
