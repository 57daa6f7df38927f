import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { tickedIn } from '@/app/_lib/save-route'
import { requireViewer } from '@/app/_lib/viewer'
import { Button } from '@/app/_ui/button'
import { CheckGroup } from '@/app/_ui/controls'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'Services du territoire' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const services = await (await api()).organisations.listServices({ territoryId })
  const { fields } = await keptOf('services', search.erreurs !== undefined)
  const typed = tickedIn(fields, 'service')
  const offered = services.filter(({ isOffered }) => isOffered).map(({ serviceId }) => String(serviceId))
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <StepTitle intro="Un service coché est proposé dans les formulaires du territoire.">{`Services\u00a0: ${name}`}</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/configuration/services/enregistrer" className="space-y-5">
        <input type="hidden" name="territoryId" value={territoryId} />
        <CheckGroup
          name="serviceIds"
          prefix="service"
          label="Services proposés"
          choices={services.map((service) => ({
            value: String(service.serviceId),
            label: service.name,
            ...(service.isUsed && { hint: 'A des motifs ici' }),
          }))}
          ticked={typed.length > 0 ? typed : offered}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
    </div>
  )
}
