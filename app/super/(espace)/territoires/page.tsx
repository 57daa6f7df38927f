import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { countWords } from '@/app/_words/super'
import { api } from '@/server/api'
import { SuperNotice } from '../../_components/super-notice'

export const metadata: Metadata = { title: 'Territoires' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const territories = await (await api()).territories.list()
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <StepTitle>Territoires</StepTitle>
        <ButtonLink href="/super/territoires/nouveau" className="w-full sm:w-auto">
          Créer un territoire
        </ButtonLink>
      </div>
      <SuperNotice avis={one((await searchParams).avis)} />
      <ul className="grid gap-2 md:grid-cols-2">
        {territories.map((territory) => (
          <li key={territory.territoryId}>
            <LinkCard
              href={`/super/territoires/${territory.territoryId}`}
              title={`${territory.name} (${territory.departmentNumber})`}
              aside={territory.allowsImpersonatedWrites && <Tag tone="warn">Écriture permise</Tag>}
            >
              {countWords(territory.organisationCount, 'organisation')}, {countWords(territory.agentCount, 'agent')}
            </LinkCard>
          </li>
        ))}
      </ul>
      {territories.length === 0 && <p>Aucun territoire : créez le premier.</p>}
    </>
  )
}
