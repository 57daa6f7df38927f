import type { Kept } from '@/app/_lib/kept'
import { Button } from '@/app/_ui/button'
import { TextAreaField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { faultSentence } from '@/app/_words/administration'
import type { OrganisationCard } from '@/server/directory/rules/organisation'

export const ORGANISATION_FORM = 'organisation'

type Props = {
  territoryId: number
  organisationId: number | null
  card: OrganisationCard
  kept: Omit<Kept, 'form'>
  button: string
}

/** What people read of an organisation, and how they reach it. */
export function OrganisationForm({ territoryId, organisationId, card, kept: { fields, faults }, button }: Props) {
  const of = (name: keyof OrganisationCard) => ({
    name,
    defaultValue: fields[name] ?? card[name],
    error: faultSentence(faults[name]),
  })
  return (
    <form method="post" action="/configuration/organisations/enregistrer" className="space-y-5" noValidate>
      <input type="hidden" name="territoryId" value={territoryId} />
      <input type="hidden" name="organisationId" value={organisationId ?? ''} />
      <Field
        {...of('name')}
        label="Nom"
        hint="Comme les usagers le connaissent. Unique sur le territoire."
        maxLength={100}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          {...of('phone')}
          label="Téléphone"
          isOptional
          hint="Un numéro court (4 chiffres) convient."
          type="tel"
          maxLength={30}
        />
        <Field
          {...of('email')}
          label="Adresse e-mail"
          isOptional
          hint="Celle de l’accueil, montrée aux usagers."
          type="email"
          maxLength={254}
        />
      </div>
      <Field {...of('website')} label="Site internet" isOptional inputMode="url" maxLength={200} />
      <TextAreaField
        name="hours"
        label="Horaires d’ouverture"
        isOptional
        defaultValue={fields.hours ?? card.hours}
        error={faultSentence(faults.hours)}
        rows={3}
        maxLength={500}
      />
      <Button isFull className="sm:w-auto">
        {button}
      </Button>
    </form>
  )
}
