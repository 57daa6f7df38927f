import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { trySmsGatewaySchema } from '@/server/directory/schema/sms'

const HERE = '/configuration/messages/sms'

export const { POST, GET } = saveRoute({
  form: 'sms-essai',
  schema: trySmsGatewaySchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.sms.tryGateway(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: ({ outcome }, _, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), essai: outcome }),
  fieldOf: { 'not-a-mobile': 'phone' },
})
