import { confirmFactorRoute } from '@/app/_parts/factor/confirm-factor'
import { codeSchema } from '@/server/access/schema/super-admins'

export const { POST, GET } = confirmFactorRoute(
  '/super/double-authentification',
  { schema: codeSchema, confirm: (caller, input) => caller.superAdmins.confirmFactor(input) },
  { href: '/super', words: 'J’ai noté mes codes' },
)
