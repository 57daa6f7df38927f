import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { ORGANISATION_FORM, OrganisationForm } from '../../_components/organisation-form'

export const metadata: Metadata = { title: 'Modifier une organisation' }

type Props = { params: Promise<{ organisationId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const organisationId = idIn((await params).organisationId) ?? 0
  const organisation = await orNotFound((await api()).organisations.get({ organisationId }))
  if (!organisation.mayEdit) notFound()
  const search = await searchParams
  const kept = await keptOf(ORGANISATION_FORM, search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={`/configuration/organisations/${organisationId}`}>{organisation.name}</BackLink>
      <Faults faults={kept.faults} />
      <StepTitle>Modifier une organisation</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <OrganisationForm
        territoryId={organisation.territoryId}
        organisationId={organisationId}
        card={organisation}
        kept={kept}
        button="Enregistrer"
      />
    </div>
  )
}
