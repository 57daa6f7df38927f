import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { GRANT_FORM, GrantForm } from '@/app/_parts/access/grant-form'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { accessesHref, accessesOf, type AgentParams } from '../../../_components/accesses'

export const metadata: Metadata = { title: 'Donner un accès' }

export default async function Page({ params, searchParams }: { params: AgentParams; searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const accesses = await accessesOf(params, search)
  const { territoryId } = accesses.territory
  const parties = await (await api()).rights.listParties({ territoryId })
  const kept = await keptOf(GRANT_FORM, search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={accessesHref(accesses)}>{accesses.name}</BackLink>
      <Faults faults={kept.faults} />
      <StepTitle intro="L’accès vaut dès qu’il est donné. La personne dont c’est l’agenda le voit, et peut le changer.">
        Donner un accès
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <GrantForm territoryId={territoryId} parties={parties} agent={accesses} isAdmin kept={kept} />
    </div>
  )
}
