import { dropCookie, formPage, formRoute } from '@/app/_lib/form-route'
import { DRAFT_COOKIE } from '@/app/_parts/booking/draft'
import { stepHref, tunnelFrom } from '@/app/_parts/booking/tunnel'

/** On a phone that several people share: forgets what the last one typed, and shows the form empty. */
export const POST = formRoute(
  async ({ fields }) => {
    await dropCookie(DRAFT_COOKIE)
    return stepHref('coordonnees', tunnelFrom(fields))
  },
  { backHref: '/prendre-rdv' },
)

export const GET = formPage('/prendre-rdv')
