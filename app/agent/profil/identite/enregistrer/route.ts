import { saveRoute } from '@/app/_lib/save-route'
import { renameMeSchema } from '@/server/access/schema/administration'

export const { POST, GET } = saveRoute(
  {
    form: 'identite',
    schema: renameMeSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.administration.renameMe(input),
    page: () => '/agent/profil/identite',
    then: () => '/agent/profil?avis=enregistre',
  },
  '/agent/profil',
)
