import { saveRoute } from '@/app/_lib/save-route'
import { setPreferencesSchema } from '@/server/access/schema/administration'

export const { POST, GET } = saveRoute(
  {
    form: 'preferences',
    schema: setPreferencesSchema,
    read: ({ fields }) => ({
      ...fields,
      displaysSaturdays: fields.displaysSaturdays === 'oui',
      displaysCancelledRdvs: fields.displaysCancelledRdvs === 'oui',
    }),
    save: (caller, input) => caller.administration.setPreferences(input),
    page: () => '/agent/profil/preferences',
    then: () => '/agent/profil/preferences?avis=enregistre',
  },
  '/agent/profil',
)
