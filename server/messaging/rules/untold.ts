import type { Failure } from './sending'
import type { Channel, News } from './telling'

/** What a person should know of their RDV and no message could tell them. */
export type Untold = {
  participationId: number
  rdvId: number
  usagerId: number
  personName: string
  /** The last of what they do not know. */
  news: News
  /** Each message that failed, and why; `failure` null when nobody knows whether it arrived. */
  tries: readonly { channel: Channel; recipient: string; failure: Failure | null }[]
  startAt: Date
  /** When they thought it was. */
  previousStartAt: Date | null
  zone: string
  motifName: string
  color: string
  placeName: string | null
  /** By which they may be called or written to, themselves or their responsable. */
  phone: string | null
  email: string | null
}

/** Those a page shows at once, the nearest RDVs first. */
export const UNTOLD_LISTED = 100

/** Somebody who waits for a slot, and whom no message about it could reach. */
export type UntoldWait = Pick<
  Untold,
  'usagerId' | 'personName' | 'tries' | 'zone' | 'motifName' | 'color' | 'placeName' | 'phone' | 'email'
> & {
  entryId: number
  /** The RDV to bring forward; null for who has none. */
  rdvId: number | null
  /** Whether the agent may open their file. */
  isFileOpen: boolean
  /** The last slot they could not be told of; null: that they wait. */
  offer: { startAt: Date; untilAt: Date; isOpen: boolean } | null
}
