import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { waitSchema } from '@/server/booking/schema/waitlist'

const HERE = '/agent/a-prevenir'

export const { POST, GET } = saveRoute(
  {
    form: 'a-prevenir-attente',
    schema: waitSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.messaging.tellWaitOtherwise(input),
    page: () => HERE,
    then: () => withQuery(HERE, { avis: 'attente-prevenue' }),
  },
  HERE,
)
