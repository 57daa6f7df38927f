import { redirect } from 'next/navigation'
import { dayOf } from '@/app/_lib/dates'
import { publicPage, type Asked } from '@/app/_lib/public-page'
import { coordinatesStep } from '@/app/_parts/booking/coordinates-step'
import { StepPage } from '@/app/_parts/booking/step-page'
import { stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { demandsOf } from '@/server/booking/rules/draft'
import { CoordinatesForm, errorsInOrder } from '../_components/coordinates-form'

export const GET = publicPage(
  {
    title: ({ search }: Asked) => (search.erreurs ? 'Erreur\u00a0: vos coordonnées' : 'Vos coordonnées'),
    isPersonal: true,
  },
  async ({ search }) => {
    const { tunnel, recap, motif, open, errors } = await coordinatesStep('coordonnees', search)
    const { startAt, territory } = recap
    if (!startAt) redirect('/prendre-rdv')
    const isSameMotif = open?.recap.motif?.key === motif.key
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
