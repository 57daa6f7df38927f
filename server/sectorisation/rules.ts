import { fold } from '@/server/kernel/text'

export type Commune = { code: string; name: string; postCodes: string[]; departmentNumber: string }

export type SearchTerm = { kind: 'post-code'; postCode: string } | { kind: 'name'; name: string }

/** Shortest name worth a search. */
const MIN_NAME_LENGTH = 2

/**
 * What a person typed, as a search: a five-digit postcode anywhere wins; otherwise the folded name, with « St » and
 * « Ste » spelled out as INSEE does. Null when there is too little to search for.
 */
export function searchTerm(typed: string): SearchTerm | null {
  const postCode = /(?:^|\D)(\d{5})(?!\d)/.exec(typed)?.[1]
  if (postCode) return { kind: 'post-code', postCode }
  const name = fold(typed)
    .split(' ')
    .map((word) => (word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word))
    .join(' ')
  return name.length >= MIN_NAME_LENGTH && !/^\d+$/.test(name) ? { kind: 'name', name } : null
}

const EARTH_RADIUS_M = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

export type Point = { latitude: number; longitude: number }

/** Great-circle distance (haversine), metres. */
export function distanceM(a: Point, b: Point): number {
  const dLat = radians(b.latitude - a.latitude)
  const dLon = radians(b.longitude - a.longitude)
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(h)))
}
