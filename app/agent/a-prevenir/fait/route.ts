import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { participationIdSchema } from '@/server/messaging/schema'

const HERE = '/agent/a-prevenir'

export const { POST, GET } = saveRoute(
  {
    form: 'a-prevenir',
    schema: participationIdSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.messaging.tellOtherwise(input),
    page: () => HERE,
    then: () => withQuery(HERE, { avis: 'prevenu' }),
  },
  HERE,
)
