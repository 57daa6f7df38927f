import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'

export const metadata: Metadata = { title: 'Changer d’adresse e-mail' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { fields, faults } = await keptOf('adresse', search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/agent/profil">Mon profil</BackLink>
      <Faults faults={faults} />
      <StepTitle
        intro={`Aujourd’hui\u00a0: ${viewer.email ?? 'aucune'}. La nouvelle vaut une fois ouvert le lien qui y est envoyé.`}
      >
        Changer d’adresse e-mail
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/agent/profil/adresse/demander" className="space-y-5" noValidate>
        <Field
          name="email"
          label="Nouvelle adresse e-mail"
          type="email"
          inputMode="email"
          autoComplete="email"
          defaultValue={fields.email ?? ''}
          error={faultSentence(faults.email)}
          maxLength={254}
        />
        <Button isFull className="sm:w-auto">
          Recevoir le lien
        </Button>
      </form>
    </div>
  )
}
