import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepAnswers } from '@/app/_parts/booking/draft'
import { stepHref } from '@/app/_parts/booking/tunnel'

export const POST = formRoute(
  async (posted) => {
    const { isValid, tunnel } = await keepAnswers(posted)
    return isValid ? '/prendre-rdv/verifier' : `${stepHref('coordonnees', tunnel)}&erreurs=1`
  },
  { backHref: '/prendre-rdv' },
)

export const GET = formPage('/prendre-rdv')
