import type { Metadata } from 'next'
import { zoneChoiceWords, countWords } from '@/app/_words/super'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { SupportWrites } from '@/app/_parts/access/support-writes'
import { BackLink } from '@/app/_parts/form/back-link'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'
import { OrganisationList } from '../../../_components/organisation-list'
import { SuperNotice } from '../../../_components/super-notice'

export const metadata: Metadata = { title: 'Territoire' }

type Props = { params: Promise<{ territoryId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireSuperAdmin()
  const territoryId = Number((await params).territoryId)
  const { territories } = await api()
  const territory = await orNotFound(territories.get({ territoryId }))
  const { organisations, hasMore } = await territories.searchOrganisations({ search: '', territoryId, page: 1 })
  const { allowsImpersonatedWrites: isAllowed } = territory
  const zone = Object.entries(zoneChoiceWords).find(([name]) => name === territory.zone)?.[1] ?? territory.zone
  return (
    <div className="max-w-3xl space-y-5">
      <BackLink href="/super/territoires">Territoires</BackLink>
      <StepTitle intro={`Département ${territory.departmentNumber}, fuseau\u00a0: ${zone}`}>{territory.name}</StepTitle>
      <SuperNotice avis={one((await searchParams).avis)} />
      <SupportWrites
        isAllowed={isAllowed}
        words={
          isAllowed
            ? 'Le support peut activer l’écriture quand il se connecte à la place d’un agent de ce territoire.'
            : 'À la place d’un agent de ce territoire, le support regarde et ne change rien.'
        }
        post={{ action: `/super/territoires/${territoryId}/ecriture`, territoryId }}
      >
        <p className="text-ink-soft">
          Les administrateurs du territoire voient ce choix dans leur configuration, et peuvent le changer.
        </p>
      </SupportWrites>
      <section aria-labelledby="organisations" className="space-y-3">
        <h2 id="organisations" className="text-xl">
          {countWords(territory.organisationCount, 'organisation')}
        </h2>
        <OrganisationList organisations={organisations} isOfOneTerritory />
        {hasMore && (
          <p>
            <a
              href={`/super/organisations?territoire=${territoryId}`}
              className="link inline-flex min-h-11 items-center"
            >
              Toutes ses organisations
            </a>
          </p>
        )}
      </section>
      <ul className="flex flex-wrap gap-x-6">
        <li>
          <a href={`/super/agents?territoire=${territoryId}`} className="link inline-flex min-h-11 items-center">
            Ses agents
          </a>
        </li>
        <li>
          <a href={`/super/evenements?territoire=${territoryId}`} className="link inline-flex min-h-11 items-center">
            Ses événements
          </a>
        </li>
      </ul>
    </div>
  )
}
