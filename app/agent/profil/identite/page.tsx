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

export const metadata: Metadata = { title: 'Changer mon nom' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { fields, faults } = await keptOf('identite', search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/agent/profil">Mon profil</BackLink>
      <Faults faults={faults} />
      <StepTitle intro="Le nom que vos collègues lisent.">Changer mon nom</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/agent/profil/identite/enregistrer" className="space-y-5" noValidate>
        <Field
          name="firstName"
          label="Prénom"
          defaultValue={fields.firstName ?? viewer.firstName ?? ''}
          error={faultSentence(faults.firstName)}
          autoComplete="given-name"
          maxLength={100}
        />
        <Field
          name="lastName"
          label="Nom"
          defaultValue={fields.lastName ?? viewer.lastName}
          error={faultSentence(faults.lastName)}
          autoComplete="family-name"
          maxLength={100}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
    </div>
  )
}
