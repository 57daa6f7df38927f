import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { waitSchema } from '@/server/booking/schema/waitlist'

const HERE = '/agent/attente'

export const { POST, GET } = saveRoute(
  {
    form: 'attente',
    schema: waitSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.waitlist.leaveByAgent(input),
    page: () => HERE,
    then: () => withQuery(HERE, { avis: 'retiree' }),
  },
  HERE,
)
