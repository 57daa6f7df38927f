import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { entryIdSchema } from '@/server/messaging/schema'

const HERE = '/agent/a-prevenir'

export const { POST, GET } = saveRoute(
  {
    form: 'a-prevenir-attente',
    schema: entryIdSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.messaging.tellWaitOtherwise(input),
    page: () => HERE,
    then: () => withQuery(HERE, { avis: 'attente-prevenue' }),
  },
  HERE,
)
