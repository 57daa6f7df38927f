import { formPage, formRoute, keepCookie } from '@/app/_lib/form-route'
import { answersFrom, currentDraftId, DRAFT_COOKIE, DRAFT_MAX_AGE_SEC } from '@/app/_parts/booking/draft'
import { stepHref, tunnelFrom } from '@/app/_parts/booking/tunnel'

export const POST = formRoute(
  async ({ fields, caller, isSecure }) => {
    const tunnel = tunnelFrom(fields)
    const draftId = await currentDraftId()
    const draft = await caller.booking.saveDraft({
      ...(draftId && { draftId }),
      tunnel: tunnel.params,
      answers: answersFrom(fields),
    })
    await keepCookie(DRAFT_COOKIE, draft.draftId, DRAFT_MAX_AGE_SEC, isSecure)
    const page = stepHref('prevenir', tunnel)
    if (!draft.isValid) return `${page}&erreurs=1`
    const joined = await caller.waitlist.joinByDraft({ draftId: draft.draftId })
    return joined.ok ? `${joined.value.waitPath}?suite=inscrit` : `${page}&refus=${joined.reason}`
  },
  { backHref: '/prendre-rdv' },
)

export const GET = formPage('/prendre-rdv')
