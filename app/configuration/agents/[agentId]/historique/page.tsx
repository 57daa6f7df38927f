import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { HistoryList } from '@/app/_parts/access/history-list'
import { BackLink } from '@/app/_parts/form/back-link'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { accessesHref, accessesOf, type AgentParams } from '../../../_components/accesses'

export const metadata: Metadata = { title: 'Historique des accès' }

export default async function Page({ params, searchParams }: { params: AgentParams; searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const accesses = await accessesOf(params, search)
  const { agentId, territory, name } = accesses
  const asked = { territoryId: territory.territoryId, agentId, before: idIn(search.avant) }
  const history = await orNotFound((await api()).rights.listHistory(asked))
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href={accessesHref(accesses)}>{name}</BackLink>
      <StepTitle intro={name}>Historique des accès</StepTitle>
      <HistoryList history={history} path={accessesHref(accesses, '/historique')} />
    </div>
  )
}
