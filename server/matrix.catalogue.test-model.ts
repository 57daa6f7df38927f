import { randomUUID } from 'node:crypto'
import { NEW_MOTIF } from '@/db/testing/new-motif'
import { onlyFor, type Cell, type World } from './matrix.test-model'

const configures = onlyFor('admin of the organisation', 'admin of the territory')
const ofOrganisation = ({ organisationId }: World) => ({ organisationId })
const newLieu = () => ({
  name: `Annexe ${randomUUID()}`,
  address: '2 rue de Lille, 62300 Lens',
  position: null,
  phone: '',
  hours: '',
  accessibilityNote: '',
})

/** What an organisation offers is administered by its admins and those of its territory. */
export const CATALOGUE: Record<string, Cell> = {
  'catalogue.get': { who: configures, input: ofOrganisation },
  'catalogue.listLieux': { who: configures, input: ofOrganisation },
  'catalogue.getLieu': { who: configures, input: ({ lieuId }) => ({ lieuId }) },
  'catalogue.saveLieu': {
    who: configures,
    input: ({ organisationId }) => ({ organisationId, lieuId: null, version: null, settings: newLieu() }),
  },
  'catalogue.setLieuAvailability': { who: configures, input: ({ lieuId }) => ({ lieuId, to: 'enabled' }) },
  'catalogue.deleteLieu': { who: configures, input: ({ lieuId }) => ({ lieuId }) },
  'catalogue.listMotifs': { who: configures, input: ofOrganisation },
  'catalogue.listMotifsOfTerritory': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId }),
  },
  'catalogue.getMotif': { who: configures, input: ({ motifId }) => ({ motifId }) },
  'catalogue.saveMotif': {
    who: configures,
    input: ({ organisationId, serviceId }) => ({
      organisationId,
      motifId: null,
      version: null,
      settings: { ...NEW_MOTIF, serviceId, name: `Bilan ${randomUUID()}` },
    }),
  },
  'catalogue.deleteMotif': { who: configures, input: ({ spareMotifId }) => ({ motifId: spareMotifId }) },
  'catalogue.duplicateMotif': {
    who: configures,
    input: ({ motifId, organisationId }) => ({ motifId, organisationIds: [organisationId] }),
  },
  'catalogue.changeMotifs': {
    who: configures,
    input: ({ motifId, organisationId }) => ({
      organisationId,
      motifIds: [motifId],
      change: { field: 'color', to: '#0b5563' },
    }),
  },
}
