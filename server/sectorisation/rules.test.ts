import { expect, test } from 'vitest'
import { communeTermsIn, distanceM, searchTerm } from './rules'

test.each([
  ['62300', { kind: 'post-code', postCode: '62300' }],
  ['Lens 62300', { kind: 'post-code', postCode: '62300' }],
  ['Béthune', { kind: 'name', name: 'bethune' }],
  ['St-Omer', { kind: 'name', name: 'saint omer' }],
  ['Ste Marie', { kind: 'name', name: 'sainte marie' }],
  ['623', null],
  ['L', null],
  ['  ', null],
])('reads %j as %j', (typed, term) => expect(searchTerm(typed)).toEqual(term))

test.each([
  ['12 rue Gambetta 62300 Lens', ['62300']],
  ['12 rue Gambetta, Lens', ['Lens']],
  ['12 rue Gambetta Lens', ['rue Gambetta Lens', 'Gambetta Lens', 'Lens']],
  ['3 place de la Mairie Noyelles sous Lens', ['Mairie Noyelles sous Lens', 'Noyelles sous Lens', 'sous Lens', 'Lens']],
  ['12', []],
  ['', []],
])('looks for the commune of %j in %j', (address, terms) => expect(communeTermsIn(address)).toEqual(terms))

test('Lens to Arras is about 17 km', () => {
  const metres = distanceM({ latitude: 50.4289, longitude: 2.8319 }, { latitude: 50.291, longitude: 2.7775 })
  expect(metres).toBeGreaterThan(15_000)
  expect(metres).toBeLessThan(17_000)
})
