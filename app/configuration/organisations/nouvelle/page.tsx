import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { StepTitle } from '@/app/_ui/step-title'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { administeredTerritory } from '../../_components/territory'
import { ORGANISATION_FORM, OrganisationForm } from '../_components/organisation-form'

export const metadata: Metadata = { title: 'Créer une organisation' }

const EMPTY = { name: '', phone: '', email: '', website: '', hours: '' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const territory = await administeredTerritory(search.territoire)
  const kept = await keptOf(ORGANISATION_FORM, search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <Faults faults={kept.faults} />
      <StepTitle
        intro={`Dans le territoire ${territory.name}. Vous en serez administrateur, et pourrez en nommer d’autres.`}
      >
        Créer une organisation
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <OrganisationForm
        territoryId={territory.territoryId}
        organisationId={null}
        card={EMPTY}
        kept={kept}
        button="Créer cette organisation"
      />
    </div>
  )
}
