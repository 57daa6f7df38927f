import { useState } from 'react'
import { CheckField, CheckGroup, SelectField, TextAreaField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { locationWords } from '@/app/_words/booking'
import { bookableByWords, leadWords, sectorisationWords, visibilityWords } from '@/app/_words/catalogue'
import {
  isOpeningOffered,
  LEADS_MIN,
  type BookableBy,
  type MotifSettings,
} from '@/server/directory/rules/motif-settings'
import { REMINDER_LEADS_MIN } from '@/server/directory/rules/sending'
import { ColorField } from './color-field.client'

export type CatalogueChoices = {
  readonly organisationId: number
  readonly name: string
  readonly verticale: string
  readonly services: readonly { readonly id: number; readonly name: string }[]
  readonly categories: readonly { readonly id: number; readonly name: string }[]
}

type Props = {
  motif: MotifSettings
  choices: CatalogueChoices
  /** Once an RDV was taken. */
  isKindFrozen: boolean
  errorOf: (field: string) => string | undefined
}

/** The parts of a motif, and the fields of each: where a fault is told. */
export const MOTIF_PARTS = {
  general: 'Général',
  'en-ligne': 'Réservation en ligne',
  consignes: 'Consignes et messages',
} as const
export type MotifPart = keyof typeof MOTIF_PARTS

/** The answer by which a motif says its own reminders. */
export const OWN_REMINDERS = 'propres'

const PART_OF: Readonly<Partial<Record<string, MotifPart>>> = {
  bookableBy: 'en-ligne',
  minLeadMin: 'en-ligne',
  maxLeadMin: 'en-ligne',
  sectorisationLevel: 'en-ligne',
  restriction: 'consignes',
  instructions: 'consignes',
  cancelWarning: 'consignes',
  reminderLeadsMin: 'consignes',
  visibility: 'consignes',
}
export const motifPartOf = (field: string): MotifPart => PART_OF[field] ?? 'general'

const choicesOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
const leadChoices = (chosen: number) =>
  [...new Set([...LEADS_MIN, chosen])]
    .sort((a, b) => a - b)
    .map((minutes) => ({ value: String(minutes), label: leadWords(minutes) }))

/** Every option of a motif, part by part; what is typed stays in the fields themselves. */
export function MotifFields({ part, ...props }: Props & { part: MotifPart }) {
  switch (part) {
    case 'general':
      return <General {...props} />
    case 'en-ligne':
      return <Online {...props} />
    case 'consignes':
      return <Messages {...props} />
  }
}

function General({ motif, choices, isKindFrozen, errorOf }: Props) {
  const services = choices.services.map(({ id, name }) => ({ value: String(id), label: name }))
  const categories = choices.categories.map(({ id, name }) => ({ value: String(id), label: name }))
  const frozen = isKindFrozen ? 'Des RDV existent\u00a0: ceci ne change plus.' : undefined
  return (
    <>
      <Field
        name="name"
        label="Nom interne"
        hint="Ce que lisent les agents."
        defaultValue={motif.name}
        maxLength={100}
        autoComplete="off"
        error={errorOf('name')}
      />
      <Field
        name="publicName"
        label="Libellé public"
        isOptional
        hint="Ce que lisent les usagers à la place du nom interne."
        defaultValue={motif.publicName ?? ''}
        maxLength={100}
        autoComplete="off"
        error={errorOf('publicName')}
      />
      <Field
        name="smsLabel"
        label="Libellé court pour les SMS"
        isOptional
        hint="30 signes au plus."
        defaultValue={motif.smsLabel ?? ''}
        maxLength={30}
        autoComplete="off"
        error={errorOf('smsLabel')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="serviceId"
          label="Service"
          choices={services}
          defaultValue={String(motif.serviceId)}
          disabled={isKindFrozen}
          hint={frozen}
          error={errorOf('serviceId')}
        />
        <SelectField
          name="categoryId"
          label="Catégorie"
          choices={[{ value: '', label: 'Aucune' }, ...categories]}
          defaultValue={String(motif.categoryId ?? '')}
        />
        <SelectField
          name="locationType"
          label="Type de RDV"
          choices={choicesOf(locationWords)}
          defaultValue={motif.locationType}
          disabled={isKindFrozen}
          hint={frozen}
          error={errorOf('locationType')}
        />
        <Field
          name="durationMin"
          label="Durée, en minutes"
          inputMode="numeric"
          defaultValue={motif.durationMin}
          maxLength={4}
          autoComplete="off"
          error={errorOf('durationMin')}
        />
      </div>
      <div className="grid gap-2 sm:grid-cols-2">
        <CheckField
          name="isCollective"
          label="RDV collectif, à plusieurs usagers"
          defaultChecked={motif.isCollective}
          disabled={isKindFrozen}
          hint={frozen}
          error={errorOf('isCollective')}
        />
        <CheckField
          name="isForSecretariat"
          label="Ouvert au secrétariat, sur ses propres plages"
          defaultChecked={motif.isForSecretariat}
          error={errorOf('isForSecretariat')}
        />
        <CheckField
          name="isFollowUp"
          label="RDV de suivi, avec le référent de l’usager"
          defaultChecked={motif.isFollowUp}
          error={errorOf('isFollowUp')}
        />
        <CheckField
          name="isConfidential"
          label="Confidentiel"
          hint="Les messages ne le nomment pas, et les autres services n’en voient que l’heure."
          defaultChecked={motif.isConfidential}
          error={errorOf('isConfidential')}
        />
      </div>
      <ColorField value={motif.color} error={errorOf('color')} />
    </>
  )
}

function Online({ motif, choices, errorOf }: Props) {
  const offered = choicesOf(bookableByWords).filter(({ value }) =>
    isOpeningOffered(value as BookableBy, choices.verticale),
  )
  return (
    <>
      <SelectField
        name="bookableBy"
        label="Qui peut réserver"
        choices={offered}
        defaultValue={motif.bookableBy}
        error={errorOf('bookableBy')}
        hint="Un motif ouvert à tous apparaît sur le site dès qu’une plage d’ouverture le propose."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="minLeadMin"
          label="Au plus tard, avant le RDV"
          choices={leadChoices(motif.minLeadMin)}
          defaultValue={String(motif.minLeadMin)}
          error={errorOf('minLeadMin')}
        />
        <SelectField
          name="maxLeadMin"
          label="Au plus tôt, avant le RDV"
          choices={leadChoices(motif.maxLeadMin)}
          defaultValue={String(motif.maxLeadMin)}
          error={errorOf('maxLeadMin')}
        />
      </div>
      <SelectField
        name="sectorisationLevel"
        label="Sectorisation"
        choices={choicesOf(sectorisationWords)}
        defaultValue={motif.sectorisationLevel}
        hint="Avec des secteurs, le motif n’est pas encore proposé en ligne."
      />
      <div className="grid gap-2 sm:grid-cols-2">
        <CheckField name="usagerMayMove" label="L’usager peut déplacer son RDV" defaultChecked={motif.usagerMayMove} />
        <CheckField
          name="usagerMayCancel"
          label="L’usager peut annuler son RDV"
          defaultChecked={motif.usagerMayCancel}
        />
        <CheckField name="asksBirthDate" label="Demander la date de naissance" defaultChecked={motif.asksBirthDate} />
      </div>
    </>
  )
}

function Messages({ motif, errorOf }: Props) {
  return (
    <>
      <TextAreaField
        name="restriction"
        label="À lire et accepter avant de réserver"
        isOptional
        hint="Montré juste après le choix du motif, avec «&nbsp;J’ai compris&nbsp;»."
        defaultValue={motif.restriction ?? ''}
        maxLength={2000}
        error={errorOf('restriction')}
      />
      <TextAreaField
        name="instructions"
        label="Consignes"
        isOptional
        hint="Montrées avant de réserver, puis sur la confirmation et dans l’e-mail."
        defaultValue={motif.instructions ?? ''}
        maxLength={2000}
        error={errorOf('instructions')}
      />
      <TextAreaField
        name="cancelWarning"
        label="Message au moment d’annuler"
        isOptional
        defaultValue={motif.cancelWarning ?? ''}
        maxLength={1000}
        error={errorOf('cancelWarning')}
      />
      <SelectField
        name="visibility"
        label="Ce que voit l’usager"
        choices={choicesOf(visibilityWords)}
        defaultValue={motif.visibility}
        hint="Un motif invisible n’est pas proposé en ligne."
      />
      <Reminders leadsMin={motif.reminderLeadsMin} error={errorOf('reminderLeadsMin')} />
    </>
  )
}

/** As their territory says, or their own: none of them ticked, there is none. */
function Reminders({ leadsMin, error }: { leadsMin: MotifSettings['reminderLeadsMin']; error: string | undefined }) {
  const [kept, setKept] = useState(leadsMin === null ? '' : OWN_REMINDERS)
  return (
    <>
      <SelectField
        name="rappels"
        label="Rappels"
        value={kept}
        onChange={({ target }) => setKept(target.value)}
        choices={[
          { value: '', label: 'Comme le territoire' },
          { value: OWN_REMINDERS, label: 'Propres à ce motif' },
        ]}
      />
      {kept === OWN_REMINDERS && (
        <CheckGroup
          name="reminderLeadsMin"
          prefix="rappel"
          label="Rappeler ses RDV"
          hint="Trois rappels au plus. Aucune case cochée : aucun rappel."
          choices={REMINDER_LEADS_MIN.map((lead) => ({ value: String(lead), label: `${leadWords(lead)} avant` }))}
          ticked={(leadsMin ?? []).map(String)}
          error={error}
        />
      )}
    </>
  )
}
