import { saveRoute } from '@/app/_lib/save-route'
import { createTerritorySchema } from '@/server/directory/schema/territories'

export const { POST, GET } = saveRoute(
  {
    form: 'territoire',
    schema: createTerritorySchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.territories.create(input),
    page: () => '/super/territoires/nouveau',
    then: ({ territoryId }) => `/super/territoires/${territoryId}?avis=cree`,
    fieldOf: { 'territory-taken': 'name' },
  },
  '/super/territoires',
)
