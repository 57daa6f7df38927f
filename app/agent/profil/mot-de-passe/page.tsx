import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { PASSWORD_RULES, passwordFaultWords } from '@/app/_words/access'
import { faultSentence } from '@/app/_words/administration'
import { isPasswordFault } from '@/server/access/rules/password'

export const metadata: Metadata = { title: 'Changer de mot de passe' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { faults } = await keptOf('mot-de-passe', search.erreurs !== undefined)
  const weak = faults.password
  const error = weak !== undefined && isPasswordFault(weak) ? passwordFaultWords[weak] : faultSentence(weak)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/agent/profil">Mon profil</BackLink>
      <Faults faults={faults} />
      <StepTitle intro="Vos connexions sur d’autres appareils seront fermées.">Changer de mot de passe</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/agent/profil/mot-de-passe/changer" className="space-y-5">
        <Field
          name="current"
          label="Mot de passe actuel"
          type="password"
          autoComplete="current-password"
          error={faultSentence(faults.current)}
        />
        <Field
          name="password"
          label="Nouveau mot de passe"
          hint={`Il faut\u00a0: ${PASSWORD_RULES.join('\u202f; ')}.`}
          type="password"
          autoComplete="new-password"
          error={error}
        />
        <Button isFull className="sm:w-auto">
          Changer de mot de passe
        </Button>
      </form>
    </div>
  )
}
