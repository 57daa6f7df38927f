import type { Metadata } from 'next'
import { orNotFound } from '@/app/_lib/or-not-found'
import { requireViewer } from '@/app/_lib/viewer'
import { CatalogueFrame, catalogueHref } from '@/app/_parts/catalogue/frame'
import { MotifForm, type MotifDraft } from '@/app/_parts/catalogue/motif-form.client'
import { Notice } from '@/app/_ui/notice'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Créer un motif' }

const EMPTY: Omit<MotifDraft, 'serviceId' | 'serviceName'> = {
  categoryId: null,
  categoryName: null,
  name: '',
  publicName: null,
  smsLabel: null,
  color: '#0b5563',
  durationMin: 30,
  locationType: 'public_office',
  isCollective: false,
  bookableBy: 'agents',
  minLeadMin: 30,
  maxLeadMin: 129_600,
  restriction: null,
  instructions: null,
  cancelWarning: null,
  isForSecretariat: false,
  isFollowUp: false,
  visibility: 'visible_and_notified',
  isConfidential: false,
  sectorisationLevel: 'departement',
  usagerMayMove: true,
  usagerMayCancel: true,
  asksBirthDate: false,
  reminderLeadsMin: null,
}

export default async function Page({ params }: { params: Promise<{ organisationId: string }> }) {
  await requireViewer()
  const asked = { organisationId: Number((await params).organisationId) }
  const choices = await orNotFound((await api()).catalogue.get(asked))
  const returnTo = catalogueHref(asked, '/motifs')
  const [service] = choices.services
  return (
    <CatalogueFrame organisation={choices} title="Créer un motif" ways={[{ words: 'Motifs', href: returnTo }]}>
      {service ? (
        <MotifForm
          motif={{ ...EMPTY, serviceId: service.id, serviceName: service.name }}
          motifId={null}
          version={null}
          isKindFrozen={false}
          choices={choices}
          returnTo={returnTo}
        />
      ) : (
        <Notice tone="warn" title="Aucun service n’est activé">
          <p>Un motif appartient à un service. Demandez à l’administrateur du territoire d’en activer un.</p>
        </Notice>
      )}
    </CatalogueFrame>
  )
}
