import { confirmFactorRoute } from '@/app/_parts/factor/confirm-factor'
import { ownFactorSchema } from '@/server/access/schema/super-admins'

export const { POST, GET } = confirmFactorRoute(
  '/agent/profil/double-authentification',
  { schema: ownFactorSchema, confirm: (caller, input) => caller.secondFactor.confirm(input) },
  { href: '/agent/profil', words: 'J’ai noté mes codes' },
)
