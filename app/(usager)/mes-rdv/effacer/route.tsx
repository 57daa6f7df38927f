import { publicPage } from '@/app/_lib/public-page'
import { Button, ButtonLink } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { orSignIn } from '../_components/or-sign-in'
import { CONTACTS } from '../_components/steps'

export const GET = publicPage({ title: 'Effacer mon compte', isPersonal: true }, async () => {
  await orSignIn((caller) => caller.account.getContacts())
  return (
    <PageShell>
      <WayBack href={CONTACTS} words="Mes coordonnées" />
      <StepTitle>Effacer mon compte{'\u202f'}?</StepTitle>
      <div className="prose">
        <h2>Ce qui est effacé</h2>
        <p>Votre accès à cet espace, votre mot de passe s’il y en a un, et vos connexions ouvertes ailleurs.</p>
        <h2>Ce qui reste</h2>
        <p>
          Vos rendez-vous et votre dossier dans les services du département. Un rendez-vous à venir tient toujours
          {'\u00a0'}: le lien reçu par SMS ou par e-mail permet de l’annuler. Pour faire effacer votre dossier,
          adressez-vous au département{'\u00a0'}: voyez <a href="/donnees-personnelles">Données personnelles</a>.
        </p>
      </div>
      <form method="post" action="/mes-rdv/effacer/confirmer" className="flex flex-col gap-3 sm:flex-row">
        <Button variant="danger">Effacer mon compte</Button>
        <ButtonLink href={CONTACTS} variant="quiet">
          Le garder
        </ButtonLink>
      </form>
    </PageShell>
  )
})
