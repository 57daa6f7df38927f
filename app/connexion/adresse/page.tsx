import type { Metadata } from 'next'
import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { linkSchema } from '@/server/access/schema'
import { api } from '@/server/api'
import { one, type Search } from '../_components/urls'

export const metadata: Metadata = { title: 'Confirmer une adresse e-mail' }

/** The link sent to a new address: following it changes nothing, its button does. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const search = await searchParams
  const link = linkSchema.safeParse({ token: one(search.jeton), purpose: 'email-change' })
  const isUsable = link.success && (await (await api()).access.isLinkUsable(link.data))
  return (
    <PageShell>
      {link.success && isUsable ? (
        <>
          <StepTitle intro="Vous vous connecterez désormais avec l’adresse où ce lien vous est arrivé.">
            Confirmer une adresse e-mail
          </StepTitle>
          {search.avis === 'prise' && (
            <Notice tone="bad" isLive>
              <p>Cette adresse est déjà celle d’un autre compte. Choisissez-en une autre depuis votre profil.</p>
            </Notice>
          )}
          <form method="post" action="/connexion/adresse/confirmer">
            <input type="hidden" name="jeton" value={link.data.token} />
            <Button isFull className="sm:w-auto">
              Confirmer cette adresse
            </Button>
          </form>
        </>
      ) : (
        <>
          <StepTitle intro="Ce lien a déjà servi, ou n’est plus valable. Demandez-en un nouveau depuis votre profil.">
            Confirmer une adresse e-mail
          </StepTitle>
          <ButtonLink href="/agent/profil/adresse">Demander un nouveau lien</ButtonLink>
        </>
      )}
    </PageShell>
  )
}
