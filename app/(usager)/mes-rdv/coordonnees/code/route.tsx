import { redirect } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { publicPage } from '@/app/_lib/public-page'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { codeSentThereWords } from '@/app/_words/account'
import { AccountNotice } from '../../_components/account-notice'
import { CodeField } from '../../_components/code-field'
import { orSignIn } from '../../_components/or-sign-in'
import { CONTACTS } from '../../_components/steps'
import { WhoseContact } from '../../_components/whose-contact'

export const GET = publicPage(
  { title: 'Le code reçu sur votre nouveau mobile', isPersonal: true },
  async ({ search }) => {
    const { demande } = (await keptOf('mon-code', true)).fields
    if (demande === undefined) redirect(CONTACTS)
    const { people } = await orSignIn((caller) => caller.account.getContacts())
    return (
      <PageShell>
        <WayBack href={CONTACTS} words="Mes coordonnées" />
        <StepTitle intro={codeSentThereWords}>Quel code avez-vous reçu{'\u202f'}?</StepTitle>
        <AccountNotice avis={search.avis} />
        <form method="post" action={`${CONTACTS}/code/verifier`} className="space-y-4">
          <CodeField />
          <WhoseContact people={people} legend={'De qui est ce numéro\u202f?'} />
          <Button className="w-full sm:w-auto">Confirmer ce numéro</Button>
        </form>
      </PageShell>
    )
  },
)
