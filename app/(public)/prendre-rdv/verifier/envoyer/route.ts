import { formPage, formRoute } from '@/app/_lib/form-route'
import { orNull } from '@/app/_parts/booking/ask'
import { currentDraftId } from '@/app/_parts/booking/draft'
import { instructionsHref, stepHref, tunnelOfRecap, type Step } from '@/app/_parts/booking/tunnel'
import { dayOf } from '@/app/_lib/dates'
import { noticeOfRefusal } from '@/app/_words/booking'
import type { BookRefusal } from '@/server/booking/rules/tunnel'

/** The step that mends each refusal; null where none does: the check page says it. */
const MENDED_AT = {
  'slot-taken': 'creneau',
  'slot-past': 'creneau',
  'not-offered': 'creneau',
  'session-full': 'creneau',
  'draft-expired': null,
  'draft-incomplete': 'coordonnees',
  'instructions-unread': 'consignes',
  'draft-changed': null,
  'motif-closed': 'motif',
  'too-many-open': null,
  'booked-otherwise': null,
  'already-registered': null,
} as const satisfies Record<BookRefusal, Step | null>

export const POST = formRoute(
  async ({ caller, fields }) => {
    const draftId = await currentDraftId()
    if (!draftId) return '/prendre-rdv/verifier'
    const booked = await caller.booking.bookSlot({ draftId, shownStart: fields.creneau })
    if (booked.ok) return '/rdv/confirme'

    const avis = noticeOfRefusal[booked.reason]
    const step = MENDED_AT[booked.reason]
    const draft = step && (await orNull(caller.booking.getDraft({ draftId })))
    if (!step || !draft) return `/prendre-rdv/verifier?avis=${avis}`
    const { recap } = draft
    const du = recap.startAt ? { du: dayOf(recap.startAt, recap.territory.zone) } : {}
    const tunnel = tunnelOfRecap(recap)
    // Read again with every answer kept: from there one goes on to where one was.
    if (step === 'consignes') return `${instructionsHref(tunnel)}&avis=${avis}`
    return stepHref(step, tunnel, { avis, ...(step === 'creneau' && du) })
  },
  { backHref: '/prendre-rdv/verifier' },
)

export const GET = formPage('/prendre-rdv/verifier')
