import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInNotice } from '@/app/connexion/_components/sign-in-notice'
import { one, type Search } from '@/app/_lib/search'
import { CodeField } from '@/app/_parts/factor/set-up-factor'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { api, awaitedCode } from '@/server/api'

export const metadata: Metadata = { title: 'Code du support' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  if ((await awaitedCode()) !== 'super-admin') redirect('/super/connexion')
  const search = await searchParams
  const demo = await (await api()).superAdmins.demo()
  return (
    <PageShell>
      <StepTitle intro="Ouvrez l’application de codes de votre téléphone.">Votre code de connexion</StepTitle>
      <SignInNotice avis={one(search.avis)} minutes={one(search.minutes)} />
      {demo && (
        <Notice>
          <p>
            Démonstration : le code du moment est <strong className="font-mono">{demo.code}</strong>. S’il a déjà servi,
            rechargez la page pour lire le suivant.
          </p>
        </Notice>
      )}
      <form method="post" action="/super/code/verifier" className="space-y-5">
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
        <a href="/super/connexion" className="link inline-flex min-h-11 items-center">
          Recommencer
        </a>
      </p>
      <p className="text-ink-soft">
        Plus de téléphone ni de code de secours ? Qui administre le serveur peut relancer votre double authentification.
      </p>
    </PageShell>
  )
}
