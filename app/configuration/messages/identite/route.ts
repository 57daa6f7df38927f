import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setMailIdentitySchema } from '@/server/directory/schema/territories'

const HERE = '/configuration/messages'

export const { POST, GET } = saveRoute({
  form: 'messages-identite',
  schema: setMailIdentitySchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.territories.setMailIdentity(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
