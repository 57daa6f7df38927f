import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { administeredTerritory } from '../_components/territory'

export const metadata: Metadata = { title: 'Visioconférence' }

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const { territoryId, name, videoBaseUrl } = await administeredTerritory(search.territoire)
  const { fields, faults } = await keptOf('visioconference', search.erreurs !== undefined)
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href="/configuration">Configuration</BackLink>
      <Faults faults={faults} />
      <StepTitle intro="Chaque RDV par visioconférence a son propre lien, que l’usager et l’agent trouvent avec le RDV.">
        {`Visioconférence\u00a0: ${name}`}
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="post" action="/configuration/visioconference/enregistrer" className="space-y-5" noValidate>
        <input type="hidden" name="territoryId" value={territoryId} />
        <Field
          name="videoBaseUrl"
          label="Adresse du service de visioconférence"
          isOptional
          hint={
            'Exemple\u00a0: https://webconf.numerique.gouv.fr. Sans adresse, aucun motif par visioconférence n’est proposé.'
          }
          inputMode="url"
          maxLength={200}
          autoComplete="off"
          defaultValue={fields.videoBaseUrl ?? videoBaseUrl ?? ''}
          error={faultSentence(faults.videoBaseUrl)}
        />
        <Button isFull className="sm:w-auto">
          Enregistrer
        </Button>
      </form>
      <p className="text-ink-soft">
        Un changement vaut aussi pour les RDV déjà placés{'\u00a0'}: leur lien suit la nouvelle adresse.
      </p>
    </div>
  )
}
