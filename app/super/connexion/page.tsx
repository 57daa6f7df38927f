import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInNotice } from '@/app/connexion/_components/sign-in-notice'
import { one, type Search } from '@/app/_lib/search'
import { isSuperAdmin } from '@/app/_lib/super'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Connexion du support' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  if (await isSuperAdmin()) redirect('/super')
  const search = await searchParams
  const demo = await (await api()).superAdmins.demo()
  return (
    <PageShell>
      <StepTitle intro="Pour les personnes qui font tourner la plateforme. Un code de votre téléphone est demandé ensuite.">
        Support de la plateforme
      </StepTitle>
      <SignInNotice avis={one(search.avis)} minutes={one(search.minutes)} />
      {demo && (
        <Notice>
          <p>Démonstration : le formulaire est déjà rempli, au nom de {demo.name}.</p>
        </Notice>
      )}
      <form method="post" action="/super/connexion/entrer" className="space-y-5">
        <Field
          label="Adresse e-mail"
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          defaultValue={demo?.email ?? ''}
          required
        />
        <Field
          label="Mot de passe"
          name="password"
          type="password"
          autoComplete="current-password"
          defaultValue={demo?.password ?? ''}
          required
        />
        <Button isFull className="sm:w-auto">
          Continuer
        </Button>
      </form>
      <p>
        <a href="/connexion" className="link inline-flex min-h-11 items-center">
          Je suis agent d’un département
        </a>
      </p>
    </PageShell>
  )
}
