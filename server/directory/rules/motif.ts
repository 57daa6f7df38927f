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

/** What a motif is called, and its service. */
export type OfferedMotif = MotifName & { serviceId: number; serviceName: string; serviceShortName: string }

/** The name the public reads: the public label when there is one. */
export const publicNameOf = (motif: { name: string; publicName: string | null }): string =>
  motif.publicName ?? motif.name

export const motifKey = (motif: MotifName): MotifKey =>
  `${fold(publicNameOf(motif)).replaceAll(' ', '-')}.${motif.locationType}`

const french = new Intl.Collator('fr')

/** Alphabetical by the name the public reads. */
export const byPublicName = (a: MotifName, b: MotifName): number => french.compare(publicNameOf(a), publicNameOf(b))

/** Whether the motif has something to read before going on. */
export const hasInstructions = (motif: { restriction: string | null; instructions: string | null }): boolean =>
  motif.restriction !== null || motif.instructions !== null
