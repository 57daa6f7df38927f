import { redirect } from 'next/navigation'
import { coordinatesStep } from '@/app/_parts/booking/coordinates-step'
import { StepPage } from '@/app/_parts/booking/step-page'
import { stepHref } from '@/app/_parts/booking/tunnel'
import { TunnelRecap } from '@/app/_parts/booking/tunnel-recap'
import { publicPage, type Asked } from '@/app/_lib/public-page'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { joinRefusalWords } from '@/app/_words/waitlist'
import { demandsOf } from '@/server/booking/rules/draft'
import { CoordinatesForm, errorsInOrder } from '../_components/coordinates-form'

const isRefusal = (word: unknown): word is keyof typeof joinRefusalWords =>
  typeof word === 'string' && Object.hasOwn(joinRefusalWords, word)

/** For who found no slot that suits them: their coordinates, and a message when one is freed. */
export const GET = publicPage(
  {
    title: ({ search }: Asked) => `${search.erreurs ? 'Erreur\u00a0: ê' : 'Ê'}tre prévenu d’un créneau`,
    isPersonal: true,
  },
  async ({ search }) => {
    const { caller, tunnel, recap, motif, open, errors } = await coordinatesStep('prevenir', search)
    const { territory } = recap
    if (search.suite === 'inscrit') return <Noted where={recap.territory.name} />
    const mayWait = !motif.isCollective && (await caller.waitlist.isOpen({ territoryId: territory.id }))
    if (!mayWait) redirect(stepHref('creneau', tunnel))
    return (
      <StepPage
        step={6}
        question="Être prévenu d’un créneau"
        intro="Laissez vos coordonnées, sans compte à créer. Dès qu’un créneau est libre, il vous est proposé par message et gardé le temps de répondre."
        backHref={stepHref('creneau', tunnel)}
        where={territory.name}
        recap={<TunnelRecap recap={recap} tunnel={tunnel} />}
        before={
          <>
            <ErrorSummary errors={errorsInOrder(errors)} />
            {isRefusal(search.refus) && <Notice tone="warn" title={joinRefusalWords[search.refus]} isLive />}
          </>
        }
      >
        <CoordinatesForm
          tunnel={tunnel}
          answers={open?.answers ?? {}}
          errors={errors}
          demands={demandsOf(motif)}
          action="/prendre-rdv/prevenir/envoyer"
          submitWords="Me prévenir"
        />
      </StepPage>
    )
  },
)

/** The same, whether they waited already or not: anybody may have typed their name and number. */
const Noted = ({ where }: { where: string }) => (
  <PageShell where={where}>
    <Notice tone="ok" title="C’est noté" isLive>
      <p>
        Vous recevez un lien, une seule fois, au numéro ou à l’e-mail que vous avez laissé{'\u00a0'}: il permet de
        suivre votre attente, et de la quitter. Si vous attendiez déjà, vous l’avez reçu alors.
      </p>
    </Notice>
    <StepTitle>Vous serez prévenu d’un créneau</StepTitle>
    <p>
      Dès qu’un créneau est libre, il vous est proposé à votre tour, par SMS ou par e-mail. Trois créneaux au plus vous
      seront proposés.
    </p>
    <ButtonLink href="/">Revenir à l’accueil</ButtonLink>
  </PageShell>
)
