import { saveRoute } from '@/app/_lib/save-route'
import { changePasswordSchema } from '@/server/access/schema/administration'

export const { POST, GET } = saveRoute(
  {
    form: 'mot-de-passe',
    schema: changePasswordSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.administration.changePassword(input),
    page: () => '/agent/profil/mot-de-passe',
    then: () => '/agent/profil?avis=mot-de-passe',
    fieldOf: { 'wrong-password': 'current' },
    isSecret: true,
  },
  '/agent/profil',
)
