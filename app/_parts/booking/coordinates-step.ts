import { redirect } from 'next/navigation'
import { api } from '@/server/api'
import { orNull } from './ask'
import { currentDraftId } from './draft'
import { missingBefore, tunnelFrom } from './tunnel'

/**
 * What a page that asks for coordinates stands on: the answers so far, what they amount to, and the draft of this browser
 * that is still to be sent, if any. An answer that lacks, or makes no sense any more, leads back to its question.
 */
export async function coordinatesStep(
  step: 'coordonnees' | 'prevenir',
  search: Readonly<Record<string, string | string[] | undefined>>,
) {
  const tunnel = tunnelFrom(search)
  if (!tunnel.params.commune) redirect('/prendre-rdv')
  const caller = await api()
  const draftId = await currentDraftId()
  const [recap, draft] = await Promise.all([
    orNull(caller.booking.getRecap(tunnel.params)),
    draftId ? orNull(caller.booking.getDraft({ draftId })) : null,
  ])
  if (!recap) redirect('/prendre-rdv')
  const elsewhere = missingBefore(step, tunnel, recap)
  if (elsewhere || !recap.motif) redirect(elsewhere ?? '/prendre-rdv')
  const open = draft && !draft.isBooked ? draft : null
  const errors = search.erreurs !== undefined && open ? open.errors : {}
  return { caller, tunnel, recap, motif: recap.motif, open, errors }
}
