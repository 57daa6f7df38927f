import type { Metadata } from 'next'
import { idIn, one, pageIn, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { AgentList } from '../../_components/agent-list'
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
      <form role="search" className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_16rem_auto]">
        <Field label="Nom ou adresse e-mail" name="q" type="search" defaultValue={search} />
        <SelectField
          label="Territoire"
          name="territoire"
          empty="Tous"
          defaultValue={String(territoryId ?? '')}
          choices={known.map(({ territoryId: id, name }) => ({ value: String(id), label: name }))}
        />
        <Button>Chercher</Button>
      </form>
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
