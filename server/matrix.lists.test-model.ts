import { agentsOnly, onlyFor, type Cell } from './matrix.test-model'

const march = () => ({
  fromDay: '2027-03-01',
  toDay: '2027-03-31',
  agentId: 'any',
  organisationId: 'any',
  motifId: 'any',
  lieuId: 'any',
  statuses: 'any',
  author: 'any',
  person: '',
  sort: 'start',
  direction: 'asc',
})

/** A list holds what its reader may read: anybody may ask. What is kept of it is its owner's alone. */
export const LISTS: Record<string, Cell> = {
  'lists.listRdvs': { who: agentsOnly, input: () => ({ ...march(), from: null }) },
  'lists.listChoices': { who: agentsOnly, input: () => undefined },
  'lists.listSavedFilters': { who: agentsOnly, input: () => undefined },
  'lists.saveFilter': { who: agentsOnly, input: () => ({ name: 'Ma semaine', query: {}, isDefault: false }) },
  'lists.listExports': { who: agentsOnly, input: () => undefined },
  'lists.askExport': { who: agentsOnly, input: () => ({ format: 'csv', filter: march() }) },
  'lists.getExportFile': { who: onlyFor('own agent'), input: ({ exportId }) => ({ exportId }) },
  'lists.changeFilter': {
    who: onlyFor('own agent'),
    input: ({ filterId }) => ({ filterId, to: 'default' }),
  },
}
