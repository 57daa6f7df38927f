import { saveRoute } from '@/app/_lib/save-route'
import { ownFactorSchema } from '@/server/access/schema/super-admins'

export const { POST, GET } = saveRoute(
  {
    form: 'code',
    schema: ownFactorSchema,
    read: ({ fields }) => fields,
    save: (caller, input) => caller.secondFactor.remove(input),
    page: () => '/agent/profil/double-authentification',
    then: () => '/agent/profil?avis=double-retiree',
    fieldOf: { 'wrong-password': 'password', 'wrong-code': 'code' },
    isSecret: true,
  },
  '/agent/profil',
)
