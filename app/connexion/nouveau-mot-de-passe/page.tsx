import type { Metadata } from 'next'
import { Button, ButtonLink } from '@/app/_ui/button'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { PASSWORD_RULES, passwordFaultWords } from '@/app/_words/access'
import { isPasswordFault } from '@/server/access/rules/password'
import { linkSchema } from '@/server/access/schema'
import { api } from '@/server/api'
import { PasswordField } from '../_components/password-field.client'
import { SignInNotice } from '../_components/sign-in-notice'
import { one, type Search } from '../_components/urls'

export const metadata: Metadata = { title: 'Choisir un nouveau mot de passe' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const search = await searchParams
  const isInvitation = one(search.objet) === 'invitation'
  const purpose = isInvitation ? 'invitation' : 'reset-password'
  const link = linkSchema.safeParse({ token: one(search.jeton), purpose })
  const isUsable = link.success && (await (await api()).access.isLinkUsable(link.data))
  if (!link.success || !isUsable) return isInvitation ? <InvitationOver /> : <Expired />
  const faults = (one(search.fautes) ?? '').split('.').filter(isPasswordFault)
  const error = faults.map((fault) => passwordFaultWords[fault]).join('. ')
  return (
    <PageShell>
      {error && <ErrorSummary errors={[{ name: 'password', message: 'Ce mot de passe ne convient pas' }]} />}
      {isInvitation ? (
        <StepTitle intro="Il ouvre votre compte. Vous vous connecterez ensuite avec votre adresse e-mail et lui.">
          Bienvenue{'\u202f'}! Choisissez votre mot de passe
        </StepTitle>
      ) : (
        <StepTitle intro="Une fois changé, vous devrez vous reconnecter sur tous vos appareils.">
          Choisir un nouveau mot de passe
        </StepTitle>
      )}
      <SignInNotice avis={one(search.avis)} minutes={one(search.minutes)} />
      <form method="post" action="/connexion/nouveau-mot-de-passe/choisir" className="space-y-5">
        <input type="hidden" name="jeton" value={link.data.token} />
        <input type="hidden" name="objet" value={purpose} />
        <PasswordField
          label={isInvitation ? 'Mot de passe' : 'Nouveau mot de passe'}
          hint={<Rules />}
          error={error || undefined}
          name="password"
          autoComplete="new-password"
          required
        />
        <Button isFull className="sm:w-auto">
          Enregistrer ce mot de passe
        </Button>
      </form>
    </PageShell>
  )
}

const Rules = () => <>Il faut : {PASSWORD_RULES.join('\u202f; ')}.</>

function InvitationOver() {
  return (
    <PageShell>
      <StepTitle intro="Ce lien a déjà servi, a été annulé, ou date de plus de 7 jours.">
        Cette invitation n’est plus valable
      </StepTitle>
      <p>Demandez à la personne qui vous a invité de vous la renvoyer. Vous avez déjà choisi votre mot de passe ?</p>
      <ButtonLink href="/connexion">Me connecter</ButtonLink>
    </PageShell>
  )
}

function Expired() {
  return (
    <PageShell>
      <StepTitle>Choisir un nouveau mot de passe</StepTitle>
      <SignInNotice avis="lien-perime" minutes={undefined} />
      <ButtonLink href="/connexion/mot-de-passe-oublie">Demander un nouveau lien</ButtonLink>
    </PageShell>
  )
}
