import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { CatalogueFrame, catalogueHref } from '@/app/_parts/catalogue/frame'
import { CopyMotif, DeleteMotif } from '@/app/_parts/catalogue/motif-fate.client'
import { MotifForm } from '@/app/_parts/catalogue/motif-form.client'
import { usedByWords } from '@/app/_words/catalogue'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Motif' }

export default async function Page({ params }: { params: Promise<{ organisationId: string; motifId: string }> }) {
  await requireViewer()
  const { organisationId, motifId } = await params
  const asked = { organisationId: Number(organisationId) }
  const { catalogue } = await api()
  const [choices, motif] = await Promise.all([
    orNotFound(catalogue.get(asked)),
    orNotFound(catalogue.getMotif({ motifId: Number(motifId) })),
  ])
  if (motif.organisationId !== asked.organisationId) notFound()
  const returnTo = catalogueHref(asked, '/motifs')
  return (
    <CatalogueFrame
      organisation={choices}
      title={motif.name}
      intro={usedByWords({ openingCount: motif.openings.length }) ?? 'Aucune plage d’ouverture ne le propose encore.'}
      ways={[{ words: 'Motifs', href: returnTo }]}
    >
      <MotifForm
        key={motif.version}
        motif={motif}
        motifId={motif.id}
        version={motif.version}
        isKindFrozen={motif.hasRdvs}
        choices={choices}
        returnTo={returnTo}
      />
      <CopyMotif motifId={motif.id} siblings={choices.siblings} />
      <DeleteMotif motif={motif} returnTo={returnTo} />
    </CatalogueFrame>
  )
}
