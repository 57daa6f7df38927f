import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { formatTime } from '@/app/_lib/dates'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { viewer } from '@/app/_lib/viewer'
import { Faults } from '@/app/_parts/form/form-parts'
import { Button, ButtonLink } from '@/app/_ui/button'
import { CheckField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { SuperNotice } from '../_components/super-notice'

export const metadata: Metadata = { title: 'Écrire à la place d’un agent' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const agent = await viewer()
  if (!agent?.impersonation) notFound()
  const { mayWrite, isWriting, expiresAt } = agent.impersonation
  const name = `${agent.firstName ?? ''} ${agent.lastName}`.trim()
  const search = await searchParams
  const { faults } = await keptOf('ecriture-a-la-place', search.erreurs !== undefined)
  return (
    <PageShell>
      <Faults faults={faults} />
      <StepTitle>Écrire à la place de {name}</StepTitle>
      <SuperNotice avis={one(search.avis)} />
      {isWriting || !mayWrite ? (
        <Notice tone="warn">
          <p>
            {isWriting
              ? 'L’écriture est déjà activée.'
              : 'Un territoire de cet agent n’autorise pas l’écriture à sa place : vous restez en lecture seule.'}
          </p>
        </Notice>
      ) : (
        <form method="post" action="/super/ecriture/activer" className="space-y-5">
          <Notice tone="warn" title="Ce que vous ferez compte vraiment">
            <p>
              Jusqu’à {formatTime(expiresAt, agent.zone ?? 'Europe/Paris')}, chaque bouton agira au nom de {name} :
              rendez-vous, messages aux usagers, droits. Votre nom reste à côté du sien dans l’historique.
            </p>
          </Notice>
          <CheckField
            name="compris"
            value="oui"
            label="Cette personne m’a demandé de faire ce changement"
            error={faultSentence(faults.compris)}
          />
          <Button variant="danger" isFull className="sm:w-auto">
            Activer l’écriture
          </Button>
        </form>
      )}
      <ButtonLink href="/agent" variant="secondary">
        Retour à son espace
      </ButtonLink>
    </PageShell>
  )
}
