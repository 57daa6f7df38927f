import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { agentCountWords } from '@/app/_words/administration'
import { api } from '@/server/api'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'Équipes' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const groups = await (await api()).rights.listGroups({ territoryId })
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <StepTitle intro="Un accès donné à une équipe vaut pour ses membres. Qui la rejoint le reçoit, qui la quitte le perd.">{`Équipes\u00a0: ${name}`}</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <ButtonLink href={`/configuration/equipes/nouvelle?territoire=${territoryId}`} className="w-full sm:w-auto">
        Créer une équipe
      </ButtonLink>
      {groups.length === 0 ? (
        <Notice title="Aucune équipe">
          <p>Les sages-femmes d’un secteur, les agents d’une permanence : créez l’équipe, puis donnez-lui des accès.</p>
        </Notice>
      ) : (
        <ul className="grid gap-2">
          {groups.map((group) => (
            <li key={group.groupId}>
              <LinkCard href={`/configuration/equipes/${group.groupId}`} title={group.name}>
                {agentCountWords(group.memberCount)}
              </LinkCard>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
