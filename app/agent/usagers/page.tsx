import type { Metadata } from 'next'
import Link from 'next/link'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer, type Viewer } from '@/app/_lib/viewer'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { PeopleFinder } from './_components/people-finder.client'
import { FileNotice } from './_components/file-notice'

export const metadata: Metadata = { title: 'Usagers' }

/** Looks for somebody, or opens their file: people are searched, never browsed (domain §8.6). */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const asked = idIn(search.territoire)
  const territoryId = (viewer.places.find((place) => place.territoryId === asked) ?? viewer.places[0])?.territoryId
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle>Usagers</StepTitle>
      <FileNotice avis={one(search.avis)} />
      {territoryId === undefined ? (
        <Notice title="Aucune organisation">
          <p>Les usagers sont suivis par des organisations, et vous ne travaillez dans aucune.</p>
        </Notice>
      ) : (
        <>
          <Territories places={viewer.places} chosenId={territoryId} />
          <PeopleFinder
            key={territoryId}
            territoryId={territoryId}
            organisations={viewer.places
              .filter((place) => place.territoryId === territoryId)
              .map(({ organisationId, organisation }) => ({ id: organisationId, name: organisation }))}
          />
          <p>
            <Link href="/agent/rdvs" prefetch={false} className="link inline-flex min-h-11 items-center">
              Chercher plutôt un RDV
            </Link>
          </p>
          <p>
            <Link href="/agent/attente" prefetch={false} className="link inline-flex min-h-11 items-center">
              Voir qui attend un créneau
            </Link>
          </p>
        </>
      )}
    </div>
  )
}

/** For the few who work in several: a file belongs to one. */
function Territories({ places, chosenId }: { places: Viewer['places']; chosenId: number }) {
  const territories = [...new Map(places.map(({ territoryId, territory }) => [territoryId, territory]))]
  if (territories.length < 2) return null
  return (
    <nav aria-label="Territoire" className="flex flex-wrap gap-x-6">
      {territories.map(([territoryId, name]) => (
        <a
          key={territoryId}
          href={`/agent/usagers?territoire=${territoryId}`}
          {...(territoryId === chosenId && { 'aria-current': 'page' })}
          className="link inline-flex min-h-11 items-center aria-[current=page]:font-bold"
        >
          {name}
        </a>
      ))}
    </nav>
  )
}
