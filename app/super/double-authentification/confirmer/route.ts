import { confirmFactorRoute } from '@/app/_parts/factor/confirm-factor'

export const { POST, GET } = confirmFactorRoute(
  '/super/double-authentification',
  (caller, input) => caller.superAdmins.confirmFactor(input),
  { href: '/super', words: 'J’ai noté mes codes' },
)
