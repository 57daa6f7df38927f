import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { saveSmsGatewaySchema } from '@/server/directory/schema/sms'

const HERE = '/configuration/messages/sms'

export const { POST, GET } = saveRoute({
  form: ({ gatewayId, kind = '' }) => `sms-passerelle-${gatewayId || kind}`,
  schema: saveSmsGatewaySchema,
  read: ({ fields }) => fields,
  save: (caller, _, fields) => caller.sms.saveGateway(fields),
  page: (_, { territoryId = '', gatewayId = '', kind = '' }) =>
    withQuery(`${HERE}/passerelle`, {
      ...{ territoire: territoryId, ...(gatewayId ? { passerelle: gatewayId } : { type: kind }) },
    }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
  fieldOf: { 'secret-missing': 'secret', 'url-not-allowed': 'url' },
  secrets: ['secret'],
})
