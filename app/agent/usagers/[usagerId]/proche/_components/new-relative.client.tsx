'use client'

import { useRouter } from 'next/navigation'
import { NewUsagerForm } from '@/app/_parts/people/new-usager-form.client'
import type { FoundUsager } from '@/server/people/rules/usager-views'

/** The form of a new file, for a proche; whoever it opens, or finds known, is gone to. */
export function NewRelative({ responsible, organisationId }: { responsible: FoundUsager; organisationId: number }) {
  const router = useRouter()
  const home = `/agent/usagers/${responsible.id}`
  return (
    <NewUsagerForm
      organisationId={organisationId}
      responsible={responsible}
      onCancel={() => router.push(home)}
      onChosen={(person, isNew) => {
        if (person.isMasked) return router.push(`/agent/rdvs/nouveau?usagers=${person.id}`)
        router.push(`/agent/usagers/${person.id}${isNew ? '?avis=creee' : ''}`)
      }}
    />
  )
}
