import type { Metadata } from 'next'
import { formatDuration } from '@/app/_lib/dates'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { WAITLIST_HOLDS_MIN } from '@/server/directory/rules/waitlist'
import { api } from '@/server/api'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'File d’attente' }

const CHOICES = WAITLIST_HOLDS_MIN.map((min) => ({ value: String(min), label: formatDuration(min) }))

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name } = await administeredTerritory(search.territoire)
  const { holdMin } = await (await api()).territories.getWaitlist({ territoryId })
  const { fields, faults } = await keptOf('file-d-attente', search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <Faults faults={faults} />
      <StepTitle intro="Un créneau qui se libère est proposé à une seule personne à la fois, dans l’ordre d’arrivée.">
        {`File d’attente\u00a0: ${name}`}
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/configuration/file-d-attente/enregistrer" className="space-y-5" noValidate>
        <input type="hidden" name="territoryId" value={territoryId} />
        <SelectField
          name="holdMin"
          label="Garder le créneau proposé"
          hint="Sans réponse, il est proposé à la personne suivante. Un agent peut toujours le prendre, en le sachant."
          choices={CHOICES}
          empty="Pas de file d’attente"
          defaultValue={fields.holdMin ?? (holdMin === null ? '' : String(holdMin))}
          error={faultSentence(faults.holdMin)}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
      <p className="text-ink-soft">
        Les propositions partent aux heures d’envoi des messages. Un créneau à moins de 24 h n’est pas gardé{'\u00a0'}:
        il est proposé à trois personnes, et la première qui répond l’obtient.
      </p>
    </div>
  )
}
