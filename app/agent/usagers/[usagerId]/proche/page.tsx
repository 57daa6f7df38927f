import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { StepTitle } from '@/app/_ui/step-title'
import { nameWords } from '@/app/_words/agent'
import { api } from '@/server/api'
import { shownAddress } from '@/server/people/rules/usager-file'
import type { UsagerSheet } from '@/server/people/rules/usager-sheet'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import { NewRelative } from './_components/new-relative.client'

export const metadata: Metadata = { title: 'Ajouter un proche' }

/** Opens the file of a child or a proche, in an organisation of the agent's that receives their responsable. */
export default async function Page({ params }: { params: Promise<{ usagerId: string }> }) {
  const viewer = await requireViewer()
  const usagerId = idIn((await params).usagerId)
  if (usagerId === null) notFound()
  const { people } = await api()
  const sheet = await orNotFound(people.getUsager({ usagerId }))
  const places = viewer.places.filter(({ territoryId }) => territoryId === sheet.territoryId)
  const organisationId = (sheet.organisations[0]?.id ?? places[0]?.organisationId) || null
  // A proche has no proches: a family has one level.
  if (sheet.responsible || organisationId === null) notFound()
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={`/agent/usagers/${usagerId}`}>{nameWords(sheet)}</BackLink>
      <StepTitle intro="Ses messages et ses appels passent par son responsable.">Ajouter un proche</StepTitle>
      <NewRelative responsible={foundOf(sheet)} organisationId={organisationId} />
    </div>
  )
}

/** The responsable as a search would find them. */
const foundOf = (sheet: UsagerSheet): FoundUsager => ({
  id: sheet.id,
  firstName: sheet.firstName,
  lastName: sheet.lastName,
  born: sheet.bornOn,
  phone: sheet.phoneE164 ?? sheet.phone,
  email: sheet.email,
  address: shownAddress(sheet) || null,
  responsible: null,
  isMasked: false,
})
