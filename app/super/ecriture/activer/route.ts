import * as z from 'zod'
import { saveRoute } from '@/app/_lib/save-route'

const HERE = '/super/ecriture'

/** The box is the second act's own confirmation. */
const confirmedSchema = z.object({ compris: z.literal('oui', 'missing') })

export const { POST, GET } = saveRoute(
  {
    form: 'ecriture-a-la-place',
    schema: confirmedSchema,
    read: ({ fields }) => fields,
    save: (caller) => caller.impersonation.turnToWriting(),
    page: () => HERE,
    then: () => '/agent',
  },
  HERE,
)
