import type { Tunnel } from '@/app/_parts/booking/tunnel'
import { Button } from '@/app/_ui/button'
import { RadioGroup } from '@/app/_ui/controls'
import { DateField, Field } from '@/app/_ui/field'
import { fieldErrorWords } from '@/app/_words/booking'
import type { DraftDemands } from '@/server/booking/rules/tunnel'
import type { FieldError } from '@/server/people/rules/fields'
import type { DraftAnswers, DraftField } from '@/server/booking/schema'

/** As the form asks them. */
const IN_ORDER = [
  'forRelative',
  'relativeFirstName',
  'relativeLastName',
  'relativeBornOn',
  'firstName',
  'lastName',
  'bornOn',
  'address',
  'phone',
  'email',
] as const satisfies readonly DraftField[]

/** What is wrong, in that order, for the summary. */
export const errorsInOrder = (errors: Partial<Record<DraftField, FieldError>>) =>
  IN_ORDER.flatMap((field) => {
    const error = errors[field]
    return error ? [{ name: field, message: fieldErrorWords(field, error) }] : []
  })

type Props = {
  tunnel: Tunnel
  answers: DraftAnswers
  errors: Partial<Record<DraftField, FieldError>>
  demands: DraftDemands
  /** Where it is posted, and what its button says. */
  action?: string
  submitWords?: string
}

/** Posted at an address that outlives deployments. What concerns a proche shows itself once « un proche » is ticked. */
export function CoordinatesForm({
  tunnel,
  answers,
  errors,
  demands,
  action = '/prendre-rdv/coordonnees/envoyer',
  submitWords = 'Continuer',
}: Props) {
  const field = (name: DraftField) => {
    const error = errors[name]
    return { name, defaultValue: answers[name] ?? '', error: error && fieldErrorWords(name, error) }
  }
  const date = (name: DraftField) => {
    const { defaultValue, ...rest } = field(name)
    return { ...rest, value: defaultValue }
  }
  const isPhoneRequired = demands.phone === 'required'
  return (
    <form method="post" action={action} className="group/form max-w-xl space-y-6" noValidate>
      {Object.entries({ ...tunnel.params, seul: tunnel.skipped.join('.') }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}

      <RadioGroup
        label="Pour qui est le rendez-vous ?"
        name="forRelative"
        value={answers.forRelative === 'oui' ? 'oui' : 'non'}
        choices={[
          { value: 'non', label: 'Pour moi' },
          { value: 'oui', label: 'Pour un proche', hint: 'Par exemple votre enfant ou un parent' },
        ]}
      />

      <fieldset className="space-y-5 rounded-card border border-line bg-card p-4 supports-[selector(:has(*))]:hidden supports-[selector(:has(*))]:group-has-[#champ-forRelative-oui:checked]/form:block sm:p-5">
        <legend className="float-left w-full text-lg font-bold">Votre proche</legend>
        <p className="clear-both text-ink-soft supports-[selector(:has(*))]:hidden">
          À remplir seulement si le rendez-vous est pour un proche.
        </p>
        <div className="clear-both grid gap-5 sm:grid-cols-2">
          <Field label="Son prénom" autoComplete="off" autoCapitalize="words" {...field('relativeFirstName')} />
          <Field label="Son nom" autoComplete="off" autoCapitalize="words" {...field('relativeLastName')} />
        </div>
        {demands.birthDate === 'required' && (
          <DateField label="Sa date de naissance" hint="Par exemple : 28 2 2023" {...date('relativeBornOn')} />
        )}
      </fieldset>

      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Votre prénom" autoComplete="given-name" autoCapitalize="words" {...field('firstName')} />
        <Field label="Votre nom" autoComplete="family-name" autoCapitalize="words" {...field('lastName')} />
      </div>
      {demands.birthDate === 'required' && (
        <div className="supports-[selector(:has(*))]:group-has-[#champ-forRelative-oui:checked]/form:hidden">
          <DateField
            label="Votre date de naissance"
            hint="Par exemple : 28 2 1990"
            autoComplete="bday"
            {...date('bornOn')}
          />
        </div>
      )}
      {demands.address === 'required' && (
        <Field
          label="Votre adresse"
          hint="Là où un agent viendra : numéro, rue, commune"
          autoComplete="street-address"
          {...field('address')}
        />
      )}
      <Field
        label="Votre téléphone"
        hint={
          isPhoneRequired
            ? 'C’est à ce numéro que vous serez appelé'
            : 'Un mobile reçoit un SMS de confirmation. Sans mobile, donnez un e-mail.'
        }
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        className="sm:max-w-64"
        {...field('phone')}
      />
      <Field
        label="Votre adresse e-mail"
        isOptional
        hint="Pour recevoir la confirmation par e-mail"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        {...field('email')}
      />
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button className="w-full sm:w-auto">{submitWords}</Button>
        {Object.keys(answers).length > 0 && (
          <Button variant="quiet" formAction="/prendre-rdv/coordonnees/effacer">
            Effacer mes réponses
          </Button>
        )}
      </div>
      <p className="text-ink-soft">
        Le service qui vous reçoit et ses agents sont seuls à lire ces informations.{' '}
        <a href="/donnees-personnelles" className="link">
          Vos données et vos droits
        </a>
      </p>
    </form>
  )
}
