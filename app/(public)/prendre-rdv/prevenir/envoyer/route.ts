import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepAnswers } from '@/app/_parts/booking/draft'
import { stepHref } from '@/app/_parts/booking/tunnel'

export const POST = formRoute(
  async (posted) => {
    const { draftId, isValid, tunnel } = await keepAnswers(posted)
    const page = stepHref('prevenir', tunnel)
    if (!isValid) return `${page}&erreurs=1`
    const joined = await posted.caller.waitlist.joinByDraft({ draftId })
    return `${page}&${joined.ok ? 'suite=inscrit' : `refus=${joined.reason}`}`
  },
  { backHref: '/prendre-rdv' },
)

export const GET = formPage('/prendre-rdv')
