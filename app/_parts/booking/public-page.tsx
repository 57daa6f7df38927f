import { unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { appErrorOf } from './ask'

/** A page that says what went wrong without any script: Next's own error boundary needs the browser's. */
export const publicPage =
  <Props,>(render: (props: Props) => Promise<ReactNode>) =>
  async (props: Props): Promise<ReactNode> => {
    try {
      return await render(props)
    } catch (error) {
      unstable_rethrow(error)
      return (
        <Incident
          retryInSec={appErrorOf(error)?.retryInSec ?? null}
          isTooOften={appErrorOf(error)?.code === 'rate-limited'}
        />
      )
    }
  }

function Incident({ retryInSec, isTooOften }: { retryInSec: number | null; isTooOften: boolean }) {
  const waitMin = Math.max(1, Math.ceil((retryInSec ?? 60) / 60))
  return (
    <PageShell>
      <StepTitle>{isTooOften ? 'Trop de demandes en peu de temps' : 'Le service a rencontré un problème'}</StepTitle>
      {isTooOften ? (
        <p>
          Pour protéger le service, il faut attendre {waitMin === 1 ? 'une minute' : `${waitMin} minutes`}, puis
          recharger cette page.
        </p>
      ) : (
        <p>
          Un incident technique empêche d’afficher cette page. Ce n’est pas de votre fait. Rechargez-la dans un instant.
        </p>
      )}
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="">Recharger la page</ButtonLink>
        <ButtonLink href="/aide" variant="secondary">
          Obtenir de l’aide
        </ButtonLink>
      </div>
    </PageShell>
  )
}
