import type { Metadata } from 'next'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { linkSchema } from '@/server/access/schema'
import { api } from '@/server/api'
import { LinkRequestForm, LinkSent } from '../_components/link-request'
import { SignInNotice } from '../_components/sign-in-notice'
import { keptEmail } from '../_components/typed'
import { one, type Search } from '../_components/urls'

export const metadata: Metadata = { title: 'Recevoir un lien de connexion' }

/** Asks for a link; opened with one, shows the button that spends it: following the link alone spends nothing. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const search = await searchParams
  const link = linkSchema.safeParse({ token: one(search.jeton), purpose: 'sign-in' })
  const isUsable = link.success && (await (await api()).access.isLinkUsable(link.data))
  if (link.success && isUsable) return <Confirm token={link.data.token} />
  const email = await keptEmail()
  const isSent = one(search.envoye) !== undefined
  return (
    <PageShell>
      <StepTitle intro={isSent ? null : 'Sans mot de passe\u00a0: un lien vous est envoyé, il vous connecte.'}>
        Recevoir un lien de connexion
      </StepTitle>
      <SignInNotice avis={search.jeton ? 'lien-perime' : one(search.avis)} minutes={one(search.minutes)} />
      {isSent ? (
        <LinkSent email={email} lasts={'15\u00a0minutes'} again="/connexion/lien" />
      ) : (
        <LinkRequestForm action="/connexion/lien/demander" email={email} button="Recevoir le lien" />
      )}
      <p>
        <a href="/connexion" className="link inline-flex min-h-11 items-center">
          Se connecter avec un mot de passe
        </a>
      </p>
    </PageShell>
  )
}

function Confirm({ token }: { token: string }) {
  return (
    <PageShell>
      <StepTitle intro="Vous avez ouvert le lien reçu par e-mail. Il reste à appuyer sur le bouton.">
        Confirmer la connexion
      </StepTitle>
      <form method="post" action="/connexion/lien/ouvrir">
        <input type="hidden" name="jeton" value={token} />
        <Button isFull className="sm:w-auto">
          Me connecter
        </Button>
      </form>
      <p className="text-ink-soft">Vous n’avez pas demandé ce lien ? Fermez cette page : personne ne sera connecté.</p>
    </PageShell>
  )
}
