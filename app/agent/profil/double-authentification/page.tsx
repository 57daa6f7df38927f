import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { CodeField, OwnPasswordField, SetUpFactor } from '@/app/_parts/factor/set-up-factor'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { codesLeftWords } from '@/app/_words/access'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Double authentification' }

const HERE = '/agent/profil/double-authentification'

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const factor = viewer.impersonation ? null : await (await api()).secondFactor.get()
  const { faults } = await keptOf('code', search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/agent/profil">Mon profil</BackLink>
      <Faults faults={faults} />
      <StepTitle intro="En plus du mot de passe, un code de votre téléphone. Quelqu’un qui aurait volé l’un ne peut rien sans l’autre.">
        Double authentification
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      {factor === null && (
        <Notice>
          <p>Seul l’agent voit et change sa double authentification.</p>
        </Notice>
      )}
      {factor?.kind === 'off' && (
        <form method="post" action={`${HERE}/preparer`}>
          <Button isFull className="sm:w-auto">
            Commencer
          </Button>
        </form>
      )}
      {factor?.kind === 'pending' && (
        <SetUpFactor
          pending={factor}
          faults={faults}
          action={`${HERE}/confirmer`}
          again={`${HERE}/preparer`}
          asksPassword
        />
      )}
      {factor?.kind === 'on' && (
        <>
          <Notice tone="ok" title="Elle est active">
            <p>{codesLeftWords(factor.codesLeft)}</p>
          </Notice>
          <p className="text-ink-soft">
            Plus de téléphone ni de code de secours ? Prévenez votre référent ou votre référente : le support peut la
            retirer.
          </p>
          <Card>
            <form method="post" action={`${HERE}/retirer`} className="space-y-4">
              <h2 className="text-lg">Désactiver</h2>
              <p>Pour changer de téléphone ou refaire vos codes de secours, désactivez-la puis recommencez.</p>
              <OwnPasswordField error={faults.password} />
              <CodeField
                label="Code du téléphone, ou code de secours"
                hint="Un code de secours sert une seule fois."
                error={faults.code}
              />
              <Button variant="danger" isFull className="sm:w-auto">
                Désactiver la double authentification
              </Button>
            </form>
          </Card>
        </>
      )}
    </div>
  )
}
