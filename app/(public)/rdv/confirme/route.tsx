import { orNull } from '@/app/_parts/booking/ask'
import { currentDraftId } from '@/app/_parts/booking/draft'
import { publicPage } from '@/app/_lib/public-page'
import { Instructions, RdvSheet } from '@/app/_parts/booking/rdv-sheet'
import { ButtonLink } from '@/app/_ui/button'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { toldWords } from '@/app/_words/booking'
import { api } from '@/server/api'

export const GET = publicPage({ title: 'C’est confirmé', isPersonal: true }, async () => {
  const caller = await api()
  const draftId = await currentDraftId()
  const rdv = draftId && (await orNull(caller.booking.getConfirmation({ draftId })))
  if (!rdv) return <Gone />
  return (
    <PageShell where={rdv.territoryName}>
      <div className="flex items-start gap-3">
        <span className="mt-0.5 grid size-9 shrink-0 place-items-center rounded-full bg-ok text-white">
          <Icon name="check" />
        </span>
        <StepTitle intro={toldWords(rdv.told)}>C’est confirmé</StepTitle>
      </div>
      {!rdv.told.bySms && !rdv.told.byMail && (
        <Notice tone="warn" title="Gardez le lien de votre rendez-vous">
          <p>
            Il permet de le retrouver et de l’annuler. Ouvrez-le, puis ajoutez-le à vos favoris ou recopiez son
            adresse&nbsp;:{' '}
            <a href={rdv.linkPath} className="link inline-flex min-h-11 items-center font-semibold">
              mon rendez-vous
            </a>
          </p>
        </Notice>
      )}
      <RdvSheet rdv={rdv} />
      {rdv.instructions && <Instructions text={rdv.instructions} />}
      <div className="no-print flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        <ButtonLink href={`${rdv.linkPath}/calendrier`}>
          <Icon name="calendar" />
          Ajouter à mon agenda
        </ButtonLink>
        <ButtonLink href={rdv.linkPath} variant="secondary">
          Voir ou annuler ce rendez-vous
        </ButtonLink>
        <ButtonLink href="/" variant="quiet">
          Revenir à l’accueil
        </ButtonLink>
      </div>
    </PageShell>
  )
})

function Gone() {
  return (
    <PageShell>
      <StepTitle intro="Cette page ne reste ouverte qu’une heure, et seulement sur l’appareil qui a servi à réserver.">
        Retrouver votre rendez-vous
      </StepTitle>
      <p>Ouvrez le lien reçu par SMS ou par e-mail : il mène à votre rendez-vous, pour le revoir ou l’annuler.</p>
      <ButtonLink href="/prendre-rdv">Prendre un autre rendez-vous</ButtonLink>
    </PageShell>
  )
}
