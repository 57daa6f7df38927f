import { fold } from '@/server/kernel/text'

export const LOCATION_TYPES = ['public_office', 'phone', 'home', 'visio'] as const
export type LocationType = (typeof LOCATION_TYPES)[number]

/** Names a motif in a URL, whatever the organisation: `consultation-nourrisson.public_office`. */
export type MotifKey = string

export type MotifName = {
  readonly name: string
  readonly publicName: string | null
  readonly locationType: LocationType
}

/** The name the public reads: the public label when there is one. */
export const publicNameOf = (motif: { name: string; publicName: string | null }): string =>
  motif.publicName ?? motif.name

export const motifKey = (motif: MotifName): MotifKey =>
  `${fold(publicNameOf(motif)).replaceAll(' ', '-')}.${motif.locationType}`

const MINUTE_MS = 60_000

/** Instants between which a person may book online: both ends included, never rounded to the end of a day (domain §2.5). */
export function bookingWindow(
  motif: { minLeadMin: number; maxLeadMin: number },
  now: Date,
): { fromMs: number; toMs: number } {
  return { fromMs: now.getTime() + motif.minLeadMin * MINUTE_MS, toMs: now.getTime() + motif.maxLeadMin * MINUTE_MS }
}

/** Whether anybody may book it online. */
export const isPublic = (motif: { bookableBy: string; isFollowUp: boolean }): boolean =>
  motif.bookableBy === 'everyone' && !motif.isFollowUp
