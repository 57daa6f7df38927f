import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { isSuperAdmin } from '@/app/_lib/super'
import { viewer } from '@/app/_lib/viewer'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { returnPath } from '@/server/access/rules/return-path'
import { api, hasProConnect, isProConnectOpen } from '@/server/api'
import { DemoAccounts } from './_components/demo-accounts'
import { PasswordField } from './_components/password-field.client'
import { SignInNotice } from './_components/sign-in-notice'
import { keptEmail } from './_components/typed'
import { one, type Search } from './_components/urls'

export const metadata: Metadata = { title: 'Connexion des agents' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const search = await searchParams
  const retour = one(search.retour)
  if (await viewer()) redirect(returnPath(retour))
  if (await isSuperAdmin()) redirect('/super')
  const demo = await (await api()).access.demoAccounts()
  const chosen = demo?.accounts[Number(one(search.essai)) - 1]
  const email = chosen?.email ?? (await keptEmail())
  // With a `state` alone, whoever comes back has just left ProConnect: it calls for nothing but saying so.
  const avis = one(search.avis) ?? (search.state === undefined ? undefined : 'deconnecte')
  return (
    <PageShell width="wide">
      <div className={`grid items-start gap-8 ${demo ? 'lg:grid-cols-[minmax(0,1fr)_22rem]' : ''}`}>
        <div className="max-w-xl space-y-5">
          <StepTitle intro="Pour les agents des départements. Pour prendre un rendez-vous, aucun compte n’est nécessaire.">
            Espace des agents
          </StepTitle>
          <SignInNotice avis={avis} minutes={one(search.minutes)} />
          {(await isProConnectOpen()) && (
            <Notice title="Vous êtes peut-être encore connecté à ProConnect">
              <p>Sur un ordinateur partagé, la personne suivante entrerait à votre place.</p>
              <a href="/connexion/pro-connect/sortir" className="link inline-flex min-h-11 items-center font-semibold">
                Me déconnecter aussi de ProConnect
              </a>
            </Notice>
          )}
          <form method="post" action="/connexion/entrer" className="space-y-5">
            <input type="hidden" name="retour" value={returnPath(retour)} />
            <Field
              label="Adresse e-mail"
              name="email"
              type="email"
              autoComplete="username"
              inputMode="email"
              defaultValue={email}
              required
            />
            <PasswordField
              key={chosen?.email ?? ''}
              label="Mot de passe"
              name="password"
              autoComplete="current-password"
              defaultValue={chosen && demo ? demo.password : ''}
              required
            />
            <Button isFull>Se connecter</Button>
          </form>
          {hasProConnect() && (
            <div>
              <ButtonLink href="/connexion/pro-connect" variant="secondary" isFull>
                S’identifier avec ProConnect
              </ButtonLink>
              <a href="https://www.proconnect.gouv.fr/" className="link inline-flex min-h-11 items-center">
                Qu’est-ce que ProConnect{'\u202f'}?
              </a>
            </div>
          )}
          <ul className="flex flex-wrap gap-x-8">
            <li>
              <a href="/connexion/lien" className="link inline-flex min-h-11 items-center">
                Recevoir un lien par e-mail
              </a>
            </li>
            <li>
              <a href="/connexion/mot-de-passe-oublie" className="link inline-flex min-h-11 items-center">
                Mot de passe oublié
              </a>
            </li>
          </ul>
        </div>
        {demo && <DemoAccounts accounts={demo.accounts} retour={retour} />}
      </div>
    </PageShell>
  )
}
