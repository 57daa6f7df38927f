import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { HistoryList } from '@/app/_parts/access/history-list'
import { BackLink } from '@/app/_parts/form/back-link'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Historique des droits' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const [territoryId, before] = [idIn(search.territoire), idIn(search.avant)]
  const history = await orNotFound((await api()).rights.listHistory({ territoryId, agentId: null, before }))
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <StepTitle intro="Rôles, services, accès, équipes, support : qui a changé quoi, du plus récent au plus ancien.">
        Historique des droits
      </StepTitle>
      <HistoryList
        history={history}
        path={
          territoryId === null ? '/configuration/historique' : `/configuration/historique?territoire=${territoryId}`
        }
      />
    </div>
  )
}
