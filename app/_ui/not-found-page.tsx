import { ButtonLink } from './button'
import { PageShell } from './page-shell'
import { StepTitle } from './step-title'

export const NOT_FOUND_TITLE = 'Page introuvable'

export function NotFoundPage() {
  return (
    <PageShell>
      <StepTitle intro="L’adresse est peut-être incomplète, ou la page n’existe plus.">{NOT_FOUND_TITLE}</StepTitle>
      <p>
        Si vous avez suivi un lien reçu par SMS ou par e-mail, vérifiez qu’il est entier : il arrive qu’il soit coupé en
        deux lignes.
      </p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/prendre-rdv">Prendre un rendez-vous</ButtonLink>
        <ButtonLink href="/aide" variant="secondary">
          Obtenir de l’aide
        </ButtonLink>
      </div>
    </PageShell>
  )
}
