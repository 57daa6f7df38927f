import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { GrantFacts } from '@/app/_parts/access/grant-facts'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { accessLevelWords } from '@/app/_words/access'
import { api } from '@/server/api'
import { GROUP_FORM, GroupForm } from '../_components/group-form'

export const metadata: Metadata = { title: 'Équipe' }

type Props = { params: Promise<{ groupId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const groupId = idIn((await params).groupId) ?? 0
  const search = await searchParams
  const { rights } = await api()
  const group = await orNotFound(rights.getGroup({ groupId }))
  const { agents } = await rights.listParties({ territoryId: group.territoryId })
  const kept = await keptOf(GROUP_FORM, search.erreurs !== undefined)
  // Whoever was put there before they answered their invitation stays ticked.
  const others = group.members.filter(({ id }) => !agents.some((agent) => agent.id === id))
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <BackLink href={`/configuration/equipes?territoire=${group.territoryId}`}>Équipes</BackLink>
      <Faults faults={kept.faults} />
      <StepTitle>{group.name}</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <section aria-labelledby="acces" className="space-y-3">
        <h2 id="acces" className="text-xl">
          Ses accès
        </h2>
        {group.grants.length === 0 ? (
          <p className="text-ink-soft">Aucun. Donnez-en un depuis la page d’un agent.</p>
        ) : (
          <ul className="space-y-2">
            {group.grants.map((grant) => (
              <li key={grant.grantId}>
                <Card className="flex flex-wrap items-start justify-between gap-3">
                  <span className="min-w-0">
                    <GrantFacts grant={grant} isWhole />
                  </span>
                  <Tag>{accessLevelWords[grant.level]}</Tag>
                </Card>
              </li>
            ))}
          </ul>
        )}
      </section>
      <GroupForm
        territoryId={group.territoryId}
        group={{ ...group, memberIds: group.members.map(({ id }) => id) }}
        agents={[...agents, ...others]}
        kept={kept}
      />
      <form method="post" action="/configuration/equipes/supprimer">
        <input type="hidden" name="groupId" value={groupId} />
        <input type="hidden" name="territoire" value={group.territoryId} />
        <Button variant="danger">Supprimer l’équipe et ses accès</Button>
      </form>
    </div>
  )
}
