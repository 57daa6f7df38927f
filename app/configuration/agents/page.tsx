import type { Metadata } from 'next'
import { one, pageIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { api } from '@/server/api'
import { BackLink } from '@/app/_parts/form/back-link'
import { PeoplePages, PeopleSearch } from '../_components/people-search'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'Agents du territoire' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const query = await searchParams
  const { territoryId, name } = await administeredTerritory(query.territoire)
  const [search, page] = [(one(query.q) ?? '').slice(0, 100), pageIn(query.page)]
  const { members, hasMore } = await (await api()).administration.listTerritoryAgents({ territoryId, search, page })
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <StepTitle intro="Pour inviter quelqu’un, ouvrez son organisation.">{`Agents\u00a0: ${name}`}</StepTitle>
      <PeopleSearch action="/configuration/agents" search={search} territoryId={territoryId} />
      {members.length === 0 && (
        <Notice title="Personne ne correspond">
          <p>Vérifiez l’orthographe.</p>
        </Notice>
      )}
      <ul className="grid gap-2">
        {members.map((member) => (
          <li key={member.agentId}>
            <LinkCard
              href={`/configuration/agents/${member.agentId}?territoire=${territoryId}`}
              title={member.name}
              aside={member.state === 'invited' && <Tag tone="warn">Invitation en attente</Tag>}
            >
              <span className="block">{[...member.services, ...member.organisations].join(' · ')}</span>
              {member.isTerritoryAdmin && <span className="block">Administre le territoire</span>}
            </LinkCard>
          </li>
        ))}
      </ul>
      <PeoplePages
        path="/configuration/agents"
        query={{ territoire: String(territoryId), ...(search !== '' && { q: search }) }}
        page={page}
        hasMore={hasMore}
      />
    </div>
  )
}
