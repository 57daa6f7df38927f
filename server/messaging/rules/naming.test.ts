import fc from 'fast-check'
import { expect, test } from 'vitest'
import { motifsNamedBy, partThatNames, sayableWording } from './naming'
import { standardWording, WORDING_KEYS } from './standard-wordings'

const KEY = { audience: 'usager', news: 'created', channel: 'mail' } as const
const NAMES = ['Centre de santé sexuelle', 'CSS', 'Rendez-vous', '']

test.each([
  ['Votre venue', 'À bientôt {date}', null],
  ['Votre venue', 'Le centre de sante SEXUELLE vous attend', 'body'],
  ['Votre venue au CSS', 'À bientôt', 'subject'],
  ['Votre venue', 'Le CSS\u00a0: 3e étage', 'body'],
  ['Votre venue', 'Les accessoires', null],
  ['Votre rendez-vous', 'Votre rendez-vous est pris', null],
])('« %s », « %s »: what names a confidential motif is %s', (subject, body, part) => {
  expect(partThatNames(KEY, { subject, body }, NAMES)).toBe(part)
})

test('whatever is typed, for a motif or for its territory, what leaves names no confidential motif', () => {
  const names = fc.array(fc.constantFrom('Dépistage', 'CSS', 'Centre de santé sexuelle', 'IVG'), { minLength: 1 })
  const words = fc.array(
    fc.constantFrom('Votre', 'venue', 'dépistage', 'CSS', 'centre de SANTE sexuelle', 'ivg', '{date}'),
  )
  const wording = fc.record({ subject: words.map((all) => all.join(' ')), body: words.map((all) => all.join(', ')) })
  fc.assert(
    fc.property(fc.constantFrom(...WORDING_KEYS), fc.array(wording, { maxLength: 2 }), names, (key, own, secret) => {
      const said = sayableWording(key, own, secret)
      expect(partThatNames(key, said, secret)).toBeNull()
      expect([...own, standardWording(key)]).toContainEqual(said)
      expect(sayableWording(key, own, [])).toEqual(own[0] ?? standardWording(key))
    }),
  )
})

test('words of a motif that name it give way to its territory’s, then to the standard ones', () => {
  const [ofMotif, ofTerritory] = [
    { subject: 'Votre CSS', body: 'À bientôt' },
    { subject: 'Votre venue', body: 'À bientôt' },
  ]
  expect(sayableWording(KEY, [ofMotif, ofTerritory], NAMES)).toEqual(ofTerritory)
  expect(sayableWording(KEY, [ofMotif], NAMES)).toEqual(standardWording(KEY))
})

test('of the motifs of a territory, words name those whose names they say, or their service’s', () => {
  const motifs = [
    { name: 'Dépistage', names: ['Dépistage', 'Centre de santé sexuelle'] },
    { name: 'Contraception', names: ['Contraception', 'Centre de santé sexuelle'] },
    { name: 'Rendez-vous', names: ['Rendez-vous', 'PMI'] },
  ]
  const namedIn = (body: string) => motifsNamedBy(KEY, { subject: 'Votre venue', body }, motifs).map(({ name }) => name)
  expect(namedIn('Votre rendez-vous est pris')).toEqual([])
  expect(namedIn('Pour un depistage')).toEqual(['Dépistage'])
  expect(namedIn('Le centre de santé sexuelle vous attend')).toEqual(['Dépistage', 'Contraception'])
})
