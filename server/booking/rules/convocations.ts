import type { LocationType } from '@/server/directory/rules/motif'

/** A letter to somebody about their RDV: nothing that an envelope, or whoever opens it, may not tell. */
export type Convocation = {
  territoryName: string
  /** Null when it is the territory's own name. */
  organisationName: string | null
  phone: string | null
  startAt: Date
  durationMin: number
  zone: string
  /** Null when it must not be named. */
  motifName: string | null
  locationType: LocationType
  videoUrl: string | null
  placeName: string | null
  placeAddress: string | null
  placeHours: string | null
  accessibilityNote: string | null
  instructions: string | null
  forName: string
  /** Whose letter it is, and where they live as far as is known; null when it is printed by who holds its link. */
  to: { name: string; lines: readonly string[] } | null
  /** Where they may cancel it themselves; null when they may not. */
  cancelUrl: string | null
}

/** Lines of an address; the town is said once. */
export function addressLines({
  address,
  addressDetails,
  postCode,
  cityName,
}: Record<'address' | 'addressDetails' | 'postCode' | 'cityName', string | null>): string[] {
  const [street = '', ...rest] = (address ?? '').split(',').map((part) => part.trim())
  const town = [postCode, cityName].filter(Boolean).join(' ') || rest.join(', ')
  return [addressDetails?.trim() ?? '', street, town].filter((line) => line !== '')
}
