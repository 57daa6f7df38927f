import { saveRoute, tickedIn, withQuery } from '@/app/_lib/save-route'
import { setSendingSchema } from '@/server/directory/schema/territories'

const HERE = '/configuration/messages'

export const { POST, GET } = saveRoute({
  form: 'messages',
  schema: setSendingSchema,
  read: ({ fields }) => ({
    ...fields,
    weekdays: tickedIn(fields, 'jour').map(Number),
    leadsMin: tickedIn(fields, 'rappel').map(Number),
  }),
  save: (caller, input) => caller.territories.setSending(input),
  page: (_, { territoryId = '' }) => withQuery(HERE, { territoire: territoryId }),
  then: (_, __, { territoryId }) => withQuery(HERE, { territoire: String(territoryId), avis: 'enregistre' }),
})
