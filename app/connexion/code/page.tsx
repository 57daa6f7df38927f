import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CodeField } from '@/app/_parts/factor/set-up-factor'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { returnPath } from '@/server/access/rules/return-path'
import { awaitedCode } from '@/server/api'
import { SignInNotice } from '../_components/sign-in-notice'
import { one, type Search } from '../_components/urls'

export const metadata: Metadata = { title: 'Code de connexion' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  if ((await awaitedCode()) !== 'agent') redirect('/connexion')
  const search = await searchParams
  return (
    <PageShell>
      <StepTitle intro="Ouvrez l’application de codes de votre téléphone.">Votre code de connexion</StepTitle>
      <SignInNotice avis={one(search.avis)} minutes={one(search.minutes)} />
      <form method="post" action="/connexion/code/verifier" className="space-y-5">
        <input type="hidden" name="retour" value={returnPath(one(search.retour))} />
        <CodeField
          label="Code à 6 chiffres, ou code de secours"
          hint="Le code change toutes les 30 secondes. Un code de secours sert une seule fois."
          error={undefined}
        />
        <Button isFull className="sm:w-auto">
          Se connecter
        </Button>
      </form>
      <p>
        <a href="/connexion" className="link inline-flex min-h-11 items-center">
          Recommencer avec un autre compte
        </a>
      </p>
      <p className="text-ink-soft">
        Plus de téléphone ni de code de secours ? Prévenez votre référent ou votre référente : le support, joint par
        votre collectivité, peut rouvrir votre compte.
      </p>
    </PageShell>
  )
}
