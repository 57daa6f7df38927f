import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults } from '@/app/_parts/form/form-parts'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { administeredTerritory } from '../../_components/territory'
import { GROUP_FORM, GroupForm } from '../_components/group-form'

export const metadata: Metadata = { title: 'Créer une équipe' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const { agents } = await (await api()).rights.listParties({ territoryId })
  const kept = await keptOf(GROUP_FORM, search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href={`/configuration/equipes?territoire=${territoryId}`}>Équipes</BackLink>
      <Faults faults={kept.faults} />
      <StepTitle intro={name}>Créer une équipe</StepTitle>
      <GroupForm territoryId={territoryId} group={null} agents={agents} kept={kept} />
    </div>
  )
}
