import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { CatalogueFrame, catalogueHref } from '@/app/_parts/catalogue/frame'
import { LieuForm } from '@/app/_parts/catalogue/lieu-form.client'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Ajouter un lieu' }

export default async function Page({ params }: { params: Promise<{ organisationId: string }> }) {
  await requireViewer()
  const asked = { organisationId: Number((await params).organisationId) }
  const organisation = await orNotFound((await api()).catalogue.get(asked))
  const returnTo = catalogueHref(asked, '/lieux')
  return (
    <CatalogueFrame organisation={organisation} title="Ajouter un lieu" ways={[{ words: 'Lieux', href: returnTo }]}>
      <LieuForm organisationId={asked.organisationId} lieu={null} returnTo={returnTo} />
    </CatalogueFrame>
  )
}
