import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { HistoryList } from '@/app/_parts/access/history-list'
import { BackLink } from '@/app/_parts/form/back-link'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Historique de mes accès' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const { agentId } = await requireViewer()
  const before = idIn((await searchParams).avant)
  const history = await orNotFound((await api()).rights.listHistory({ territoryId: null, agentId, before }))
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href="/agent/acces">Qui voit mon agenda</BackLink>
      <StepTitle intro="Ce qui a changé dans vos accès et dans ceux donnés sur votre agenda.">
        Historique de mes accès
      </StepTitle>
      <HistoryList history={history} path="/agent/acces/historique" />
    </div>
  )
}
