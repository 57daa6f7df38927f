import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { CatalogueFrame, catalogueHref } from '@/app/_parts/catalogue/frame'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { usedByWords } from '@/app/_words/catalogue'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Lieux' }

type Props = { params: Promise<{ organisationId: string }>; searchParams: Promise<{ avis?: string | string[] }> }

export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const asked = { organisationId: Number((await params).organisationId) }
  const { catalogue } = await api()
  const [organisation, lieux] = await Promise.all([
    orNotFound(catalogue.get(asked)),
    orNotFound(catalogue.listLieux(asked)),
  ])
  const groups = [
    { title: 'Ouverts', lieux: lieux.filter(({ availability }) => availability === 'enabled') },
    { title: 'Désactivés', lieux: lieux.filter(({ availability }) => availability === 'disabled') },
  ].filter((group) => group.lieux.length > 0)
  return (
    <CatalogueFrame
      organisation={organisation}
      title="Lieux"
      intro="Où l’organisation reçoit. L’adresse, le téléphone et les horaires sont lus par les usagers."
      ways={[]}
      avis={(await searchParams).avis}
    >
      <ButtonLink href={catalogueHref(asked, '/lieux/nouveau')} className="w-full sm:w-auto">
        Ajouter un lieu
      </ButtonLink>
      {groups.length === 0 && (
        <Notice title="Aucun lieu">
          <p>Les RDV sur place ont besoin d’un lieu. Ajoutez le premier.</p>
        </Notice>
      )}
      {groups.map((group) => (
        <section key={group.title} className="space-y-2">
          <h2 className="text-xl">{group.title}</h2>
          <ul className="grid gap-2">
            {group.lieux.map((lieu) => (
              <li key={lieu.id}>
                <LinkCard href={catalogueHref(asked, `/lieux/${lieu.id}`)} title={lieu.name}>
                  <span className="block">{lieu.address}</span>
                  <span className="block">{usedByWords(lieu) ?? 'Ni plage ni RDV à venir'}</span>
                </LinkCard>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </CatalogueFrame>
  )
}
