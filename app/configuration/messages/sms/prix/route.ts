import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setSmsPriceSchema } from '@/server/directory/schema/sms'

const HERE = '/configuration/messages/sms'

export const { POST, GET } = saveRoute({
  form: 'sms-prix',
  schema: setSmsPriceSchema,
  read: ({ fields }) => fields,
  save: (caller, _, fields) =>
    caller.sms.setPrice({ territoryId: Number(fields.territoryId), price: fields.price ?? '' }),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
