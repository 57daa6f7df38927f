import type { Metadata } from 'next'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { BackLink } from '@/app/_parts/form/back-link'
import { Faults } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { StepTitle } from '@/app/_ui/step-title'
import { faultSentence } from '@/app/_words/administration'
import { zoneChoiceWords } from '@/app/_words/super'
import { SuperNotice } from '../../../_components/super-notice'

export const metadata: Metadata = { title: 'Créer un territoire' }

const ADMIN = [
  { name: 'firstName', label: 'Prénom', autoComplete: 'off' },
  { name: 'lastName', label: 'Nom', autoComplete: 'off' },
  { name: 'email', label: 'Adresse e-mail', type: 'email', autoComplete: 'off' },
] as const

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin()
  const search = await searchParams
  const { fields, faults } = await keptOf('territoire', search.erreurs !== undefined)
  const typed = (name: string) => ({ name, defaultValue: fields[name] ?? '', error: faultSentence(faults[name]) })
  return (
    <div className="max-w-2xl space-y-5">
      <BackLink href="/super/territoires">Territoires</BackLink>
      <Faults faults={faults} />
      <StepTitle intro="Avec sa première organisation et la personne qui administrera les deux. Elle reçoit une invitation et configure le reste.">
        Créer un territoire
      </StepTitle>
      <SuperNotice avis={one(search.avis)} />
      <form method="post" action="/super/territoires/enregistrer" className="space-y-5">
        <Field label="Nom du territoire" hint="Exemple : Pas-de-Calais" {...typed('name')} />
        <Field
          label="Numéro de département"
          hint="Exemples : 62, 2A, 974"
          className="sm:max-w-40"
          {...typed('departmentNumber')}
        />
        <SelectField
          label="Heure locale"
          choices={Object.entries(zoneChoiceWords).map(([value, label]) => ({ value, label }))}
          {...typed('zone')}
          defaultValue={fields.zone ?? 'Europe/Paris'}
        />
        <Field label="Première organisation" hint="Exemple : MDS de Lens" {...typed('organisation')} />
        <fieldset className="space-y-5">
          <legend className="text-lg font-bold">Son administrateur ou administratrice</legend>
          {ADMIN.map(({ name, ...field }) => (
            <Field key={name} {...field} {...typed(name)} />
          ))}
        </fieldset>
        <Button isFull className="sm:w-auto">
          Créer le territoire
        </Button>
      </form>
    </div>
  )
}
