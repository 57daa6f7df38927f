import { redirect } from 'next/navigation'
import { dayOf } from '@/app/_lib/dates'
import { orNull } from '@/app/_parts/booking/ask'
import { currentDraftId } from '@/app/_parts/booking/draft'
import { publicPage, type Asked } from '@/app/_lib/public-page'
import { StepPage } from '@/app/_parts/booking/step-page'
import { missingBefore, tunnelFrom, stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { demandsOf } from '@/server/booking/rules/draft'
import type { FieldError } from '@/server/people/rules/fields'
import type { DraftField } from '@/server/booking/schema'
import { api } from '@/server/api'
import { CoordinatesForm, errorsInOrder } from '../_components/coordinates-form'

export const GET = publicPage(
  {
    title: ({ search }: Asked) => (search.erreurs ? 'Erreur\u00a0: vos coordonnées' : 'Vos coordonnées'),
    isPersonal: true,
  },
  async ({ search }) => {
    const tunnel = tunnelFrom(search)
    if (!tunnel.params.commune) redirect('/prendre-rdv')
    const caller = await api()
    const draftId = await currentDraftId()
    const [recap, draft] = await Promise.all([
      orNull(caller.booking.getRecap(tunnel.params)),
      draftId ? orNull(caller.booking.getDraft({ draftId })) : null,
    ])
    if (!recap) redirect('/prendre-rdv')
    const elsewhere = missingBefore('coordonnees', tunnel, recap)
    const { motif, startAt, territory } = recap
    if (elsewhere || !motif || !startAt) redirect(elsewhere ?? '/prendre-rdv')

    const open = draft && !draft.isBooked ? draft : null
    const isSameMotif = open?.recap.motif?.key === motif.key
    const areErrorsShown = search.erreurs !== undefined && open !== null
    const errors: Partial<Record<DraftField, FieldError>> = areErrorsShown ? open.errors : {}
    return (
      <StepPage
        step={6}
        question="Vos coordonnées"
        intro="Sans compte à créer. Elles ne servent qu’à ce rendez-vous."
        backHref={stepHref('creneau', tunnel, { du: dayOf(startAt, territory.zone) })}
        where={territory.name}
        recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
        notice={tunnel.notice}
        before={<ErrorSummary errors={errorsInOrder(errors)} />}
      >
        <CoordinatesForm
          tunnel={tunnel}
          answers={open?.answers ?? {}}
          errors={errors}
          demands={open && isSameMotif ? open.demands : demandsOf(motif)}
        />
      </StepPage>
    )
  },
)
