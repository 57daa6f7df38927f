import { expect, test } from 'vitest'
import { rebookHref } from './rebook'

const rdv = {
  isCollective: false,
  motifId: 7,
  lieuId: 3,
  people: [{ usagerId: 11 }, { usagerId: 12 }],
  agents: [{ id: 1 }, { id: 2 }],
}

test('another RDV keeps the people, the motif, the agents and the lieu, and leaves the time to be chosen', () => {
  expect(rebookHref(rdv)).toBe('/agent/rdvs/nouveau?motif=7&usagers=11%2C12&agents=1%2C2&lieu=3')
  expect(rebookHref({ ...rdv, lieuId: null })).not.toContain('lieu')
})

test('the people of a session are not taken together to another RDV', () => {
  expect(rebookHref({ ...rdv, isCollective: true })).toBeNull()
})

test('nor is one offered to who may not place it', () => {
  expect(rebookHref({ ...rdv, mayRepeat: false })).toBeNull()
})
