import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setVideoBaseUrlSchema } from '@/server/directory/schema/territories'

const HERE = '/configuration/visioconference'

export const { POST, GET } = saveRoute({
  form: 'visioconference',
  schema: setVideoBaseUrlSchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.territories.setVideoBaseUrl(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
