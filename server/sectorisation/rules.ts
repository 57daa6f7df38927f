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

/** Words a commune's name may count at the end of an address: « Noyelles sous Lens ». */
const LONGEST_NAME_WORDS = 4

/**
 * Where a whole address may name its commune, best first: its postcode, else its last words, fewer and fewer
 * (« 12 rue Gambetta Lens » names « Lens »). No number opens a commune's name.
 */
export function communeTermsIn(address: string): string[] {
  const term = searchTerm(address)
  if (term?.kind === 'post-code') return [term.postCode]
  const words = (address.split(',').at(-1) ?? '').trim().split(/\s+/)
  const ends = Array.from({ length: LONGEST_NAME_WORDS }, (_, i) => words.slice(i - LONGEST_NAME_WORDS).join(' '))
  return [...new Set(ends)].filter((end) => !/^\d/.test(end) && searchTerm(end) !== null)
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
