import { redirect } from 'next/navigation'
import { publicPage } from '@/app/_lib/public-page'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { accountLinkSchema } from '@/server/access/schema'
import { api } from '@/server/api'
import { SIGN_IN, withNotice } from '../../_components/steps'

/** The button that makes a new address count: a scanner that follows the link changes nothing. */
export const GET = publicPage({ title: 'Confirmer mon adresse', isPersonal: true }, async ({ search }) => {
  const link = accountLinkSchema.safeParse({ token: search.jeton })
  const isUsable = link.success && (await (await api()).access.isAccountLinkUsable(link.data))
  if (!link.success || !isUsable) redirect(withNotice(SIGN_IN, 'lien-perime'))
  return (
    <PageShell>
      <StepTitle intro="Vous avez ouvert le lien reçu par e-mail. Il reste à appuyer sur le bouton.">
        Confirmer mon adresse e-mail
      </StepTitle>
      <form method="post" action="/mes-rdv/coordonnees/adresse/confirmer">
        <input type="hidden" name="jeton" value={link.data.token} />
        <Button className="w-full sm:w-auto">Confirmer cette adresse</Button>
      </form>
    </PageShell>
  )
})
