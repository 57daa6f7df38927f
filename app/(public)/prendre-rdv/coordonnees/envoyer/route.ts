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
    return draft.isValid ? '/prendre-rdv/verifier' : `${stepHref('coordonnees', tunnel)}&erreurs=1`
  },
  { backHref: '/prendre-rdv' },
)

export const GET = formPage('/prendre-rdv')
