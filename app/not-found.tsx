import type { Metadata } from 'next'
import { ButtonLink } from './_ui/button'
import { PageShell } from './_ui/page-shell'
import { StepTitle } from './_ui/step-title'

export const metadata: Metadata = { title: 'Page introuvable' }

export default function NotFound() {
  return (
    <PageShell>
      <StepTitle intro="L’adresse est peut-être incomplète, ou la page n’existe plus.">Page introuvable</StepTitle>
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
