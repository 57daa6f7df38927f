import type { Metadata } from 'next'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { LinkRequestForm, LinkSent } from '../_components/link-request'
import { SignInNotice } from '../_components/sign-in-notice'
import { keptEmail } from '../_components/typed'
import { one, type Search } from '../_components/urls'

export const metadata: Metadata = { title: 'Mot de passe oublié' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const search = await searchParams
  const email = await keptEmail()
  const isSent = one(search.envoye) !== undefined
  return (
    <PageShell>
      <StepTitle intro={isSent ? null : 'Un lien vous est envoyé pour en choisir un nouveau.'}>
        Mot de passe oublié
      </StepTitle>
      <SignInNotice avis={one(search.avis)} minutes={one(search.minutes)} />
      {isSent ? (
        <LinkSent email={email} lasts={'6\u00a0heures'} again="/connexion/mot-de-passe-oublie" />
      ) : (
        <LinkRequestForm action="/connexion/mot-de-passe-oublie/demander" email={email} button="Recevoir le lien" />
      )}
      <p>
        <a href="/connexion" className="link inline-flex min-h-11 items-center">
          Revenir à la connexion
        </a>
      </p>
    </PageShell>
  )
}
