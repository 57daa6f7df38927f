import type { Metadata } from 'next'
import { idIn, one, pageIn, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { AgentList } from '../../_components/agent-list'
import { SearchForm } from '../../_components/search-form'
import { SuperNotice } from '../../_components/super-notice'

export const metadata: Metadata = { title: 'Agents' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const asked = await searchParams
  const [search, territoryId, page] = [(one(asked.q) ?? '').slice(0, 100), idIn(asked.territoire), pageIn(asked.page)]
  const { superAdmins, territories } = await api()
  const [{ agents, hasMore }, known] = await Promise.all([
    superAdmins.searchAgents({ search, territoryId, organisationId: null, page }),
    territories.list(),
  ])
  const hrefOf = (to: number) =>
    `/super/agents?${new URLSearchParams({ q: search, territoire: String(territoryId ?? ''), page: String(to) }).toString()}`
  return (
    <>
      <StepTitle>Agents</StepTitle>
      <SuperNotice avis={one(asked.avis)} />
      <SearchForm label="Nom ou adresse e-mail" search={search} territoryId={territoryId} territories={known} />
      {agents.length === 0 ? (
        <Notice>
          <p>Personne ne répond à cette recherche. Essayez une partie du nom, ou un autre territoire.</p>
        </Notice>
      ) : (
        <AgentList agents={agents} />
      )}
      <Pagination
        label="Pages des agents"
        previous={page > 1 ? { href: hrefOf(page - 1), words: 'Précédents' } : null}
        next={hasMore ? { href: hrefOf(page + 1), words: 'Suivants' } : null}
      />
    </>
  )
}
