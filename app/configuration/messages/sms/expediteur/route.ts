import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setSmsSenderSchema } from '@/server/directory/schema/sms'

const HERE = '/configuration/messages/sms'

export const { POST, GET } = saveRoute({
  form: 'sms-expediteur',
  schema: setSmsSenderSchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.sms.setSender(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
