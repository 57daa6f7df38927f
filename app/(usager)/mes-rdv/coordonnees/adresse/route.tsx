import { redirect } from 'next/navigation'
import { publicPage } from '@/app/_lib/public-page'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { accountLinkSchema } from '@/server/access/schema'
import { api, faultIn } from '@/server/api'
import { personApi } from '@/server/person-api'
import { AccountNotice } from '../../_components/account-notice'
import { SIGN_IN, withNotice } from '../../_components/steps'
import { WhoseContact } from '../../_components/whose-contact'

/** The button that makes a new address count: a scanner that follows the link changes nothing. */
export const GET = publicPage({ title: 'Confirmer mon adresse', isPersonal: true }, async ({ search }) => {
  const link = accountLinkSchema.safeParse({ token: search.jeton })
  const isUsable = link.success && (await (await api()).access.isAccountLinkUsable(link.data))
  if (!link.success || !isUsable) redirect(withNotice(SIGN_IN, 'lien-perime'))
  const people = await peopleHere()
  return (
    <PageShell>
      <StepTitle intro="Vous avez ouvert le lien reçu par e-mail. Il reste à appuyer sur le bouton.">
        Confirmer mon adresse e-mail
      </StepTitle>
      <AccountNotice avis={search.avis} />
      <form method="post" action="/mes-rdv/coordonnees/adresse/confirmer" className="space-y-4">
        <input type="hidden" name="jeton" value={link.data.token} />
        <WhoseContact people={people} legend={'De qui est cette adresse\u202f?'} />
        <Button className="w-full sm:w-auto">Confirmer cette adresse</Button>
      </form>
    </PageShell>
  )
})

/** Asked of whoever is signed in; anybody else is told where to open the link once the button is pressed. */
async function peopleHere() {
  try {
    return (await (await personApi()).account.getContacts()).people
  } catch (error) {
    if (faultIn(error)?.code === 'unauthenticated') return []
    throw error
  }
}
