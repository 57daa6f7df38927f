import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { groupSchema } from '@/server/access/schema/rights'

const HOME = '/configuration/equipes'

export const { POST, GET } = saveRoute({
  form: 'equipe-supprimee',
  schema: groupSchema,
  read: ({ fields }) => fields,
  save: (caller, input) => caller.rights.deleteGroup(input),
  page: () => HOME,
  then: (_, __, ___, { territoire = '' }) => withQuery(HOME, { territoire, avis: 'supprimee' }),
})
