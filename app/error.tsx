'use client'

import { Button, ButtonLink } from './_ui/button'
import { PageShell } from './_ui/page-shell'
import { StepTitle } from './_ui/step-title'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PageShell>
      <StepTitle intro="Un incident technique empêche d’afficher cette page. Ce n’est pas de votre fait.">
        Le service a rencontré un problème
      </StepTitle>
      <p>
        Réessayez dans un instant.
        {error.digest && ` Si cela dure, signalez-le en citant le numéro ${error.digest}.`}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button type="button" onClick={reset}>
          Réessayer
        </Button>
        <ButtonLink href="/aide" variant="secondary">
          Obtenir de l’aide
        </ButtonLink>
      </div>
    </PageShell>
  )
}
