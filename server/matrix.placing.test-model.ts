import { agentsOnly, onlyFor, WRITERS, type Cell, type World } from './matrix.test-model'

const whoWorksHere = onlyFor(...WRITERS, 'agent of another service')
const whoWorksInTheTerritory = onlyFor(
  ...WRITERS,
  'agent of another service',
  'agent of another organisation',
  'admin of the territory',
)
const newUsager = ({ organisationId }: World) => ({
  organisationId,
  responsibleId: null,
  answers: { firstName: 'Zoé', lastName: 'Petit' },
  acknowledged: [],
})
const sameFile = ({ usagerId }: World) => ({
  ...{ usagerId, version: 1, firstName: 'Léa', lastName: 'Martin', bornOn: '', email: '', address: '' },
  ...{ phone: '', interpreterLanguage: '', accessibilityNote: '', accessibilityNeeds: [], acknowledged: [] },
  ...{ notifyBySms: true, notifyByEmail: true },
})
const newRdv = ({ motifId, lieuId, agentId }: World) => ({
  motifId,
  lieuId,
  startAt: new Date('2028-03-01T08:00:00Z'),
  agentIds: [agentId],
  usagerIds: [],
  acknowledged: [],
})

/** Who gets what of finding people and placing their RDVs. */
export const PLACING: Record<string, Cell> = {
  'people.searchUsagers': {
    who: whoWorksInTheTerritory,
    input: ({ territoryId }) => ({ territoryId, q: 'martin' }),
  },
  'people.listUsagers': {
    who: whoWorksInTheTerritory,
    input: ({ territoryId }) => ({ territoryId, usagerIds: [1] }),
  },
  'people.findDoubles': { who: whoWorksHere, input: newUsager },
  'people.createUsager': { who: whoWorksHere, input: newUsager },
  'people.getUsager': { who: whoWorksHere, input: ({ usagerId }) => ({ usagerId }) },
  'people.listUsagerHistory': { who: whoWorksHere, input: ({ usagerId }) => ({ usagerId }) },
  'people.findDoublesOf': { who: whoWorksHere, input: sameFile },
  'booking.saveUsager': { who: whoWorksHere, input: sameFile },
  'booking.listRdvsOfUsager': {
    who: whoWorksHere,
    input: ({ usagerId }) => ({ usagerId, comingAfterId: null, pastAfterId: null }),
  },
  'booking.listPlaceableMotifs': { who: agentsOnly, input: () => ({}) },
  'booking.getPlacement': { who: onlyFor(...WRITERS), input: newRdv },
  'booking.searchAgentSlots': {
    who: onlyFor(...WRITERS),
    input: ({ motifId }) => ({
      motifId,
      agents: 'any',
      groupIds: [],
      lieux: 'any',
      fromDay: '2027-03-02',
      together: false,
    }),
  },
  'booking.judgeSeries': {
    who: onlyFor(...WRITERS),
    input: (world) => ({ ...newRdv(world), repeat: { everyWeeks: 1, untilDay: null, count: 2 } }),
  },
  'booking.createSeries': {
    who: onlyFor(...WRITERS),
    input: (world) => {
      const { startAt, acknowledged, ...same } = newRdv(world)
      return { ...same, dates: [{ startAt, acknowledged }] }
    },
  },
  'booking.getSeries': { who: onlyFor(...WRITERS), input: ({ rdvId }) => ({ rdvId }) },
  'booking.cancelFollowing': {
    who: onlyFor(...WRITERS),
    input: ({ rdvId }) => ({ rdvId, to: 'revoked', rdvIds: [rdvId] }),
  },
  'booking.createInARow': { who: onlyFor(...WRITERS), input: newRdv },
  'booking.getRescheduling': { who: onlyFor(...WRITERS), input: ({ rdvId }) => ({ rdvId }) },
  'booking.rescheduleRdv': {
    who: onlyFor(...WRITERS),
    input: ({ rdvId, agentId, lieuId }) => ({
      rdvId,
      knownSequence: 0,
      startAt: new Date('2028-03-01T08:00:00Z'),
      durationMin: 30,
      lieuId,
      agentIds: [agentId],
      acknowledged: [],
    }),
  },
  'booking.getSessionTitle': { who: onlyFor(...WRITERS), input: ({ rdvId }) => ({ rdvId }) },
  'booking.setTitle': {
    who: onlyFor(...WRITERS),
    input: ({ rdvId }) => ({ rdvId, knownSequence: 0, title: 'Atelier budget' }),
  },
  'booking.createRdv': { who: onlyFor(...WRITERS), input: newRdv },
}
