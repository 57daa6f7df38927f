import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setWaitlistSchema } from '@/server/directory/schema/territories'

const HERE = '/configuration/file-d-attente'

export const { POST, GET } = saveRoute({
  form: 'file-d-attente',
  schema: setWaitlistSchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.territories.setWaitlist(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
