import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { CatalogueFrame, catalogueHref } from '@/app/_parts/catalogue/frame'
import { LieuForm } from '@/app/_parts/catalogue/lieu-form.client'
import { LieuFate } from '@/app/_parts/catalogue/lieu-fate.client'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Lieu' }

export default async function Page({ params }: { params: Promise<{ organisationId: string; lieuId: string }> }) {
  await requireViewer()
  const { organisationId, lieuId } = await params
  const asked = { organisationId: Number(organisationId) }
  const { catalogue } = await api()
  const [organisation, lieu] = await Promise.all([
    orNotFound(catalogue.get(asked)),
    orNotFound(catalogue.getLieu({ lieuId: Number(lieuId) })),
  ])
  if (lieu.organisationId !== asked.organisationId) notFound()
  const returnTo = catalogueHref(asked, '/lieux')
  return (
    <CatalogueFrame organisation={organisation} title={lieu.name} ways={[{ words: 'Lieux', href: returnTo }]}>
      <LieuForm organisationId={asked.organisationId} lieu={lieu} returnTo={returnTo} />
      <LieuFate lieu={lieu} returnTo={returnTo} />
    </CatalogueFrame>
  )
}
