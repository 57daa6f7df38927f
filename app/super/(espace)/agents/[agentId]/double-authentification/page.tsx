import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { FactorRemovalList } from '@/app/_parts/access/factor-removal-list'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { TextAreaField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { REASON_MAX_LENGTH, REASON_MIN_LENGTH } from '@/server/access/rules/impersonation'
import { api } from '@/server/api'
import { SuperNotice } from '../../../../_components/super-notice'

export const metadata: Metadata = { title: 'Double authentification d’un agent' }

type Props = { params: Promise<{ agentId: string }>; searchParams: Search }

export default async function Page({ params, searchParams }: Props) {
  await requireSuperAdmin()
  const agentId = Number((await params).agentId)
  const agent = await orNotFound((await api()).superAdmins.getAgent({ agentId }))
  const search = await searchParams
  const { fields, faults } = await keptOf('retirer-double', search.erreurs !== undefined)
  return (
    <div className="max-w-3xl space-y-5">
      <BackLink href={`/super/agents/${agentId}`}>{agent.name}</BackLink>
      <Faults faults={faults} />
      <StepTitle intro={agent.name}>Double authentification</StepTitle>
      <SuperNotice avis={one(search.avis)} />
      {agent.hasSecondFactor ? (
        <Card>
          <form method="post" action={`/super/agents/${agentId}/double-authentification/retirer`} className="space-y-4">
            <h2 className="text-xl">La retirer</h2>
            <p>
              Pour quelqu’un qui n’a plus ni son téléphone ni ses codes de secours. Assurez-vous d’abord que c’est bien
              cette personne qui le demande : rappelez-la à un numéro que vous connaissez, ou passez par son
              administrateur.
            </p>
            <ul className="list-disc space-y-1 pl-5">
              <li>Son mot de passe suffira de nouveau pour se connecter.</li>
              <li>Toutes ses connexions seront fermées.</li>
              <li>Un e-mail la prévient ; elle lira dans son profil qui vous êtes, et pourquoi.</li>
            </ul>
            <TextAreaField
              name="reason"
              label="Pourquoi ?"
              hint={`La demande, et comment vous l’avez vérifiée. Au moins ${REASON_MIN_LENGTH} caractères.`}
              rows={3}
              maxLength={REASON_MAX_LENGTH}
              defaultValue={fields.reason ?? ''}
              error={faultSentence(faults.reason)}
            />
            <Button variant="danger" isFull className="sm:w-auto">
              Retirer la double authentification
            </Button>
          </form>
        </Card>
      ) : (
        <Notice>
          <p>Cette personne se connecte avec son mot de passe seul : il n’y a rien à retirer.</p>
        </Notice>
      )}
      {agent.factorRemovals.length > 0 && (
        <section aria-labelledby="retraits" className="space-y-3">
          <h2 id="retraits" className="text-xl">
            Déjà retirée
          </h2>
          <FactorRemovalList lines={agent.factorRemovals} zone="Europe/Paris" />
        </section>
      )}
    </div>
  )
}
