import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { GRANT_FORM, GrantForm } from '@/app/_parts/access/grant-form'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Donner un accès à mon agenda' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { agentId } = await requireViewer()
  const search = await searchParams
  const { rights } = await api()
  const { name, territory } = await orNotFound(rights.getAccesses({ agentId, territoryId: null }))
  const parties = await rights.listParties({ territoryId: territory.territoryId })
  const kept = await keptOf(GRANT_FORM, search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/agent/acces">Qui voit mon agenda</BackLink>
      <Faults faults={kept.faults} />
      <StepTitle intro={`À un collègue ou à une équipe, dans le territoire ${territory.name}.`}>
        Donner un accès à mon agenda
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <GrantForm
        territoryId={territory.territoryId}
        parties={parties}
        agent={{ agentId, name }}
        isAdmin={false}
        kept={kept}
      />
    </div>
  )
}
