import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setImpersonatedWritesSchema } from '@/server/directory/schema/territories'

const HERE = '/configuration/support'

export const { POST, GET } = saveRoute({
  form: 'support',
  schema: setImpersonatedWritesSchema,
  read: ({ fields }) => ({ territoryId: fields.territoryId, isAllowed: fields.permise === 'oui' }),
  save: (caller, input) => caller.territories.setOwnImpersonatedWrites(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId, isAllowed }) =>
    withQuery(HERE, { territoire: String(territoryId), avis: isAllowed ? 'support-autorise' : 'support-interdit' }),
})
