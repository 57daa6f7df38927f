import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { arrangeSmsGatewaySchema } from '@/server/directory/schema/sms'

const HERE = '/configuration/messages/sms'

export const { POST, GET } = saveRoute({
  form: 'sms-ordre',
  schema: arrangeSmsGatewaySchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.sms.arrange(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
