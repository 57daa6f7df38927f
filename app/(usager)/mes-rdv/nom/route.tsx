import { redirect } from 'next/navigation'
import { publicPage } from '@/app/_lib/public-page'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { NAME_LETTERS_MAX } from '@/server/access/rules/accounts'
import { personStep } from '@/server/person-api'
import { AccountNotice } from '../_components/account-notice'
import { SIGN_IN } from '../_components/steps'

export const GET = publicPage({ title: 'Votre nom', isPersonal: true }, async ({ search }) => {
  const step = await personStep()
  if (step?.kind !== 'name') redirect(SIGN_IN)
  return (
    <PageShell>
      <StepTitle intro="Plusieurs familles ont donné ce numéro ou cette adresse : dites-nous laquelle est la vôtre.">
        Quel est votre nom{'\u202f'}?
      </StepTitle>
      <AccountNotice avis={search.avis} />
      <form method="post" action="/mes-rdv/nom/dire" className="space-y-4">
        <Field
          name="lettres"
          label="Le début de votre nom de famille"
          hint={'Les trois premières lettres au moins. Exemple\u00a0: MAR pour Martin'}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={NAME_LETTERS_MAX}
          className="max-w-80 text-xl"
        />
        <Button className="w-full sm:w-auto">Continuer</Button>
      </form>
    </PageShell>
  )
})
