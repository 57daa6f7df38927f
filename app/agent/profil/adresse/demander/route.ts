import { saveRoute } from '@/app/_lib/save-route'
import { emailChangeSchema } from '@/server/access/schema/administration'

export const { POST, GET } = saveRoute(
  {
    form: 'adresse',
    schema: emailChangeSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.administration.requestEmailChange(input),
    page: () => '/agent/profil/adresse',
    then: () => '/agent/profil?avis=demande',
  },
  '/agent/profil',
)
