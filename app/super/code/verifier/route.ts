import { verifyCodeRoute } from '@/app/_parts/factor/verify-code'

export const { POST, GET } = verifyCodeRoute({
  here: '/super/code',
  password: '/super/connexion',
  enter: () => '/super',
})
