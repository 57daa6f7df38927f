import { redirect } from 'next/navigation'
import { publicPage } from '@/app/_lib/public-page'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { codeSentWords } from '@/app/_words/account'
import { personStep } from '@/server/person-api'
import { AccountNotice } from '../_components/account-notice'
import { CodeField } from '../_components/code-field'
import { SIGN_IN } from '../_components/steps'

export const GET = publicPage({ title: 'Le code reçu par SMS', isPersonal: true }, async ({ search }) => {
  const step = await personStep()
  if (step?.kind !== 'code') redirect(SIGN_IN)
  return (
    <PageShell>
      <WayBack href={SIGN_IN} words="Changer de numéro, ou recevoir un autre code" />
      <StepTitle intro={codeSentWords}>Quel code avez-vous reçu{'\u202f'}?</StepTitle>
      <AccountNotice avis={search.avis} />
      <form method="post" action="/mes-rdv/code/verifier" className="space-y-4">
        <CodeField />
        <Button className="w-full sm:w-auto">Voir mes rendez-vous</Button>
      </form>
      <p className="text-ink-soft">
        Rien au bout de quelques minutes{'\u202f'}? Le service connaît peut-être un autre numéro{'\u00a0'}: essayez-le,
        ou demandez un lien par e-mail.
      </p>
    </PageShell>
  )
})
