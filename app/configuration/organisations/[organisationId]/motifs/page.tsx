import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { CatalogueFrame, catalogueHref } from '@/app/_parts/catalogue/frame'
import { MotifList } from '@/app/_parts/catalogue/motif-list.client'
import { Button, ButtonLink } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { locationWords } from '@/app/_words/booking'
import { bookableByWords } from '@/app/_words/catalogue'
import { api } from '@/server/api'
import { filterMotifs } from '@/server/directory/rules/motif-filter'

export const metadata: Metadata = { title: 'Motifs' }

type Search = Partial<Record<'q' | 'service' | 'type' | 'ouvert' | 'avis', string | string[]>>
type Props = { params: Promise<{ organisationId: string }>; searchParams: Promise<Search> }

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? ''
const ALL = { value: '', label: 'Tous' }
const choicesOf = (words: Readonly<Record<string, string>>) => [
  ALL,
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
]

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const asked = { organisationId: Number((await params).organisationId) }
  const { catalogue } = await api()
  const [organisation, motifs] = await Promise.all([
    orNotFound(catalogue.get(asked)),
    orNotFound(catalogue.listMotifs(asked)),
  ])
  const search = await searchParams
  const filter = {
    words: first(search.q),
    serviceId: Number(first(search.service)) || null,
    locationType: first(search.type),
    bookableBy: first(search.ouvert),
  }
  const shown = filterMotifs(motifs, filter)
  const path = catalogueHref(asked, '/motifs')
  const services = [...new Map(motifs.map(({ serviceId, serviceName }) => [String(serviceId), serviceName]))]
  return (
    <CatalogueFrame
      organisation={organisation}
      title="Motifs"
      intro="Les types de RDV de l’organisation. Cette liste est réservée aux administrateurs."
      ways={[]}
      avis={search.avis}
    >
      <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        <ButtonLink href={`${path}/nouveau`}>Créer un motif</ButtonLink>
        <ButtonLink href={`${path}/export?format=csv`} variant="secondary" download>
          Exporter en CSV
        </ButtonLink>
        <ButtonLink href={`${path}/export?format=xlsx`} variant="secondary" download>
          Exporter pour Excel
        </ButtonLink>
        {organisation.administersTerritory && (
          <ButtonLink href={`${path}/export?format=xlsx&perimetre=territoire`} variant="quiet" download>
            Exporter tout le territoire
          </ButtonLink>
        )}
      </div>
      <form
        method="get"
        action={path}
        role="search"
        className="grid gap-4 rounded-card border border-line bg-card p-4 sm:grid-cols-2"
      >
        <Field name="q" label="Chercher" type="search" defaultValue={filter.words} maxLength={100} autoComplete="off" />
        <SelectField
          name="service"
          label="Service"
          choices={[ALL, ...services.map(([value, label]) => ({ value, label }))]}
          defaultValue={first(search.service)}
        />
        <SelectField
          name="type"
          label="Type de RDV"
          choices={choicesOf(locationWords)}
          defaultValue={filter.locationType}
        />
        <SelectField
          name="ouvert"
          label="Réservable par"
          choices={choicesOf(bookableByWords)}
          defaultValue={filter.bookableBy}
        />
        <Button variant="secondary" className="sm:col-span-2 sm:justify-self-start">
          Filtrer
        </Button>
      </form>
      {shown.length === 0 ? (
        <Notice title={motifs.length === 0 ? 'Aucun motif' : 'Aucun motif ne correspond'}>
          <p>
            {motifs.length === 0
              ? 'Créez le premier\u00a0: sans motif, aucun RDV ne se prend.'
              : 'Changez la recherche ou les filtres.'}
          </p>
        </Notice>
      ) : (
        <MotifList organisation={organisation} motifs={shown} path={path} />
      )}
    </CatalogueFrame>
  )
}
