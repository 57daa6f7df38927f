import type { Metadata } from 'next'
import { one, pageIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Card } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { api } from '@/server/api'
import { BackLink } from '../_components/back-link'
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
            <Card>
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-bold">{member.name}</span>
                {member.isTerritoryAdmin && <Tag>Administre le territoire</Tag>}
                {member.state === 'invited' && <Tag tone="warn">Invitation en attente</Tag>}
              </span>
              <span className="block text-ink-soft">{[...member.services, ...member.organisations].join(' · ')}</span>
            </Card>
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
