import { expect, test } from 'vitest'
import { partThatNames } from './naming'

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
