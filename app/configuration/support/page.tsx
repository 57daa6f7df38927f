import type { Metadata } from 'next'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { SupportWrites } from '@/app/_parts/access/support-writes'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { StepTitle } from '@/app/_ui/step-title'
import { IMPERSONATION_MIN } from '@/server/access/rules/impersonation'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'Support' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const { territoryId, name, allowsImpersonatedWrites: isAllowed } = await administeredTerritory(search.territoire)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <StepTitle intro="Pour aider un agent, le support peut voir ce qu’il voit.">{`Support\u00a0: ${name}`}</StepTitle>
      <FormNotice avis={one(search.avis)} />
      <SupportWrites
        isAllowed={isAllowed}
        words={
          isAllowed
            ? 'Le support peut aussi changer quelque chose à la place d’un agent, quand cet agent le lui demande.'
            : 'À la place d’un agent, le support regarde et ne change rien.'
        }
        post={viewer.impersonation ? null : { action: '/configuration/support/enregistrer', territoryId }}
      >
        <ul className="list-disc space-y-1 pl-5">
          <li>Chaque passage dure {IMPERSONATION_MIN} minutes au plus ; l’agent en lit la raison dans son profil.</li>
          <li>Ce qui est écrit garde les deux noms : celui de l’agent et celui du support.</li>
          <li>Mot de passe, adresse e-mail et double authentification restent à l’agent seul.</li>
        </ul>
        {viewer.impersonation && (
          <p className="text-ink-soft">Seul un administrateur du territoire, en personne, change ce choix.</p>
        )}
      </SupportWrites>
      <p className="text-ink-soft">
        Pour un agent de plusieurs territoires, tous doivent l’autoriser. Le changement reste dans l’historique.
      </p>
    </div>
  )
}
