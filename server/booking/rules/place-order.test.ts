import { expect, test } from 'vitest'
import { orderPlaces, type LocatedPlace } from './place-order'

const LENS = { latitude: 50.43, longitude: 2.83 }
const ARRAS = { latitude: 50.29, longitude: 2.78 }
const BOULOGNE = { latitude: 50.73, longitude: 1.61 }

const place = (id: number, over: Partial<LocatedPlace> = {}): LocatedPlace => ({
  kind: 'lieu',
  id,
  name: `Lieu ${String(id)}`,
  address: null,
  phone: null,
  hours: null,
  accessibilityNote: null,
  distanceM: null,
  nextAt: new Date('2027-03-02T08:00:00Z'),
  point: null,
  cityCode: null,
  ...over,
})
const ids = (places: { id: number }[]) => places.map(({ id }) => id)

test('the nearest to the address given comes first, with its distance', () => {
  const places = [place(1, { point: BOULOGNE }), place(2, { point: ARRAS }), place(3, { point: LENS })]
  const { places: ordered } = orderPlaces(places, '62498', LENS)
  expect(ids(ordered)).toEqual([3, 2, 1])
  expect(ordered[0]?.distanceM).toBe(0)
})

test('without an address, the person’s own commune comes first, then its neighbours, and no distance is claimed', () => {
  const soon = new Date('2027-03-01T08:00:00Z')
  const places = [
    place(1, { point: BOULOGNE, cityCode: '62160', nextAt: soon }),
    place(2, { point: ARRAS, cityCode: '62041' }),
    place(3, { point: LENS, cityCode: '62498' }),
  ]
  const { places: ordered } = orderPlaces(places, '62498', null)
  expect(ids(ordered)).toEqual([3, 2, 1])
  expect(ordered.every(({ distanceM }) => distanceM === null)).toBe(true)
})

test('with nothing known of where it is, the soonest comes first', () => {
  const places = [place(1, { nextAt: new Date('2027-03-09T08:00:00Z') }), place(2)]
  expect(ids(orderPlaces(places, '62498', null).places)).toEqual([2, 1])
})

test('a place that can’t receive comes last, however near', () => {
  const places = [place(1, { point: LENS, nextAt: null }), place(2, { point: BOULOGNE })]
  expect(ids(orderPlaces(places, '62498', LENS).places)).toEqual([2, 1])
})
