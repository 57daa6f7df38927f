import { distanceM, type Point } from '@/server/sectorisation/rules'
import type { PlaceChoice, PlaceOrder } from './tunnel'

export type LocatedPlace = PlaceChoice & { point: Point | null; cityCode: string | null }

export type OrderedPlaces = { places: PlaceChoice[]; orderedBy: PlaceOrder }

/** The middle of a commune's own lieux: all we know of where it is when nobody gave coordinates. */
function middleOf(points: readonly Point[]): Point | null {
  if (points.length === 0) return null
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return { latitude: mean(points.map((p) => p.latitude)), longitude: mean(points.map((p) => p.longitude)) }
}

/**
 * Places that can receive first. Then by distance from the address given; without one, the person's own commune first
 * and the others by distance from its lieux. Then soonest first (docs/decisions/0006). A distance is only shown when
 * it is measured from the person's own address.
 */
export function orderPlaces(places: readonly LocatedPlace[], cityCode: string, at: Point | null): OrderedPlaces {
  const here = places.filter((place) => place.cityCode === cityCode)
  const origin = at ?? middleOf(here.flatMap(({ point }) => (point ? [point] : [])))
  const ranked = places.map(({ point, cityCode: ofCity, ...place }) => {
    const metres = origin && point ? distanceM(origin, point) : null
    const isHere = at === null && ofCity === cityCode
    return { place: { ...place, distanceM: at ? metres : null }, far: isHere ? -1 : (metres ?? Infinity) }
  })
  const soon = ({ nextAt }: PlaceChoice) => nextAt?.getTime() ?? Infinity
  const sorted = ranked
    .sort(
      (a, b) =>
        Number(a.place.nextAt === null) - Number(b.place.nextAt === null) ||
        compare(a.far, b.far) ||
        compare(soon(a.place), soon(b.place)) ||
        a.place.id - b.place.id,
    )
    .map(({ place }) => place)
  return { places: sorted, orderedBy: at ? 'address' : here.length > 0 ? 'commune' : 'date' }
}

/** Two infinities are equal. */
const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)
