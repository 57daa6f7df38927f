import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { tickedIn } from '@/app/_lib/save-route'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Button } from '@/app/_ui/button'
import { CheckField, CheckGroup } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { api } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { RoleField } from '../_components/role-field'

export const metadata: Metadata = { title: 'Inviter un agent' }

type Props = { params: Promise<{ organisationId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const organisationId = idIn((await params).organisationId) ?? 0
  const search = await searchParams
  const { organisations } = await api()
  const organisation = await orNotFound(organisations.get({ organisationId }))
  const services = await organisations.listServices({ territoryId: organisation.territoryId })
  const { fields, faults } = await keptOf('inviter', search.erreurs !== undefined)
  const path = `/configuration/organisations/${organisationId}/agents`
  const of = (name: 'firstName' | 'lastName' | 'email') => ({
    name,
    defaultValue: fields[name] ?? '',
    error: faultSentence(faults[name]),
    autoComplete: 'off',
  })
  const isKnown = search.avis === 'known-agent'
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={path}>Agents</BackLink>
      <Faults faults={faults} />
      <StepTitle
        intro={`Dans l’organisation ${organisation.name}. Un e-mail part, avec un lien valable 7\u00a0jours pour choisir un mot de passe.`}
      >
        Inviter un agent
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action={`${path}/inviter/envoyer`} className="space-y-5" noValidate>
        <Field {...of('email')} label="Adresse e-mail professionnelle" type="email" inputMode="email" maxLength={254} />
        {isKnown && (
          <CheckField
            name="attaches"
            value="oui"
            label="Rattacher cette personne, avec le nom et les services de son compte"
          />
        )}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field {...of('firstName')} label="Prénom" maxLength={100} />
          <Field {...of('lastName')} label="Nom" maxLength={100} />
        </div>
        <CheckGroup
          name="serviceIds"
          prefix="service"
          label="Services"
          hint="Au moins un."
          error={faultSentence(faults.serviceIds)}
          choices={services
            .filter(({ isOffered }) => isOffered)
            .map(({ serviceId, name }) => ({ value: String(serviceId), label: name }))}
          ticked={tickedIn(fields, 'service')}
        />
        <RoleField value={fields.role} error={faultSentence(faults.role)} />
        <Button isFull className="sm:w-auto">
          {isKnown ? 'Rattacher' : 'Envoyer l’invitation'}
        </Button>
      </form>
    </div>
  )
}
