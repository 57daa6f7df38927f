import { confirmFactorRoute } from '@/app/_parts/factor/confirm-factor'

export const { POST, GET } = confirmFactorRoute(
  '/agent/profil/double-authentification',
  (caller, input) => caller.secondFactor.confirm(input),
  { href: '/agent/profil', words: 'J’ai noté mes codes' },
)
