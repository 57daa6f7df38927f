import { saveRoute, tickedIn, withQuery } from '@/app/_lib/save-route'
import { setTerritoryServicesSchema } from '@/server/directory/schema/organisations'

const HERE = '/configuration/services'

export const { POST, GET } = saveRoute({
  form: 'services',
  schema: setTerritoryServicesSchema,
  read: ({ fields }) => ({ ...fields, serviceIds: tickedIn(fields, 'service') }),
  save: (caller, input) => caller.organisations.setServices(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
