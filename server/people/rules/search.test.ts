import { describe, expect, test } from 'vitest'
import { parsePhone } from '@/server/platform/phone'
import { parseSearch } from './search'
import { masked } from './usager-views'

describe('what is typed to find somebody', () => {
  test.each([
    ['Martin Léa', { kind: 'names', words: ['martin', 'lea'], bornOn: null }],
    ['  N’Diaye ', { kind: 'names', words: ['n', 'diaye'], bornOn: null }],
    ['martin 3/2/1990', { kind: 'names', words: ['martin'], bornOn: '1990-02-03' }],
    ['m 03.02.1990', { kind: 'names', words: ['m'], bornOn: '1990-02-03' }],
    ['06 12 34 56 78', { kind: 'phone', e164: '+33612345678' }],
    ['+262692000001', { kind: 'phone', e164: '+262692000001' }],
    ['Lea.Martin@Exem', { kind: 'email', prefix: 'lea.martin@exem' }],
  ])('%s', (typed, expected) => expect(parseSearch(typed, parsePhone)).toEqual(expected))

  test.each(['', ' ', 'm', '%', '__', 'a@', '03/02/1990', '…'])('« %s » is too little', (typed) =>
    expect(parseSearch(typed, parsePhone)).toBeNull(),
  )
})

test('somebody whom no organisation of ours receives is recognised, not known', () => {
  const told = masked({
    id: 4,
    firstName: 'Léa',
    lastName: 'Martin',
    born: '1990-02-03',
    phone: '+33612345678',
    email: 'lea.martin@exemple.fr',
    address: '3 rue des Lilas',
    responsible: { firstName: 'Paul', lastName: 'Martin' },
    isMasked: false,
  })
  expect(told).toEqual({
    id: 4,
    firstName: 'Léa',
    lastName: 'M.',
    born: '1990',
    phone: '•• 78',
    email: 'l••@exemple.fr',
    address: null,
    responsible: null,
    isMasked: true,
  })
})
