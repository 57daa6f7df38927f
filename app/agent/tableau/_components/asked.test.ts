import { expect, test } from 'vitest'
import { pageAsked, typedChoice, whichAsked } from './asked'

const LIEU = { kind: 'lieu', lieuId: 3 } as const

test('the form keeps the page of the choice it is on; another begins at its first', () => {
  const kept = { qui: typedChoice(LIEU, 2), page: '7' }
  expect([whichAsked(kept), pageAsked(kept)]).toEqual([LIEU, 2])
  const another = { qui: typedChoice({ ...LIEU, lieuId: 4 }, 1), page: '2' }
  expect([whichAsked(another), pageAsked(another)]).toEqual([{ kind: 'lieu', lieuId: 4 }, 1])
})

test.each([
  [{ lieu: '3', page: '2' }, 2],
  [{ lieu: '3' }, 1],
  [{ lieu: '3', page: '-2' }, 1],
  [{ qui: 'lieu-3-page-0' }, 1],
])('of %o, the agents of page %i', (search, page) => {
  expect([whichAsked(search), pageAsked(search)]).toEqual([LIEU, page])
})
