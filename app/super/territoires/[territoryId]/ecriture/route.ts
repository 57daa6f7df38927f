import { saveRoute } from '@/app/_lib/save-route'
import { setImpersonatedWritesSchema } from '@/server/directory/schema/territories'

export const { POST, GET } = saveRoute(
  {
    form: 'ecriture',
    schema: setImpersonatedWritesSchema,
    read: ({ params, fields }) => ({ territoryId: params.territoryId, isAllowed: fields.permise === 'oui' }),
    save: (caller, input) => caller.territories.setImpersonatedWrites(input),
    page: ({ territoryId = '' }) => `/super/territoires/${encodeURIComponent(territoryId)}`,
    then: (_, __, { territoryId, isAllowed }) =>
      `/super/territoires/${territoryId}?avis=${isAllowed ? 'autorise' : 'interdit'}`,
  },
  '/super/territoires',
)
