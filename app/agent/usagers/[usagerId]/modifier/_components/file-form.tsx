import type { ReactNode } from 'react'
import { Button, ButtonLink } from '@/app/_ui/button'
import { CheckField, CheckGroup } from '@/app/_ui/controls'
import { DateField, Field } from '@/app/_ui/field'
import { nameWords } from '@/app/_words/agent'
import { usagerFieldWords } from '@/app/_words/placing'
import { accessibilityWords, USUAL_LANGUAGES } from '@/app/_words/usager'
import { ACCESSIBILITY_NEEDS, MAX_LANGUAGE_LENGTH, MAX_NEED_NOTE_LENGTH } from '@/server/people/rules/needs'
import type { TypedFile } from '@/server/people/rules/usager-change'
import type { UsagerSheet } from '@/server/people/rules/usager-sheet'
import { NEED_PREFIX, type typedFile } from './typed-file'

type Props = {
  sheet: UsagerSheet
  /** The one the person saw. */
  version: string
  typed: ReturnType<typeof typedFile> | TypedFile
  errorOf: (field: string) => string | undefined
  /** Another file looks like it: said, and passed over knowingly. */
  isDoubt: boolean
}

type TextName = 'firstName' | 'lastName' | 'phone' | 'email' | 'address'

/** Everything an agent keeps up on a file. A proche's contacts are their responsable's. */
export function FileForm({ sheet, version, typed, errorOf, isDoubt }: Props) {
  const { responsible } = sheet
  const of = (name: TextName) => ({
    name,
    label: usagerFieldWords[name],
    defaultValue: typed[name],
    error: errorOf(name),
    autoComplete: 'off',
  })
  return (
    <form method="post" action={`/agent/usagers/${sheet.id}/modifier/enregistrer`} className="space-y-8" noValidate>
      <input type="hidden" name="usagerId" value={sheet.id} />
      <input type="hidden" name="version" value={version} />
      <Group title="Identité">
        <div className="grid gap-5 sm:grid-cols-2">
          <Field {...of('firstName')} maxLength={100} />
          <Field {...of('lastName')} maxLength={100} />
        </div>
        <DateField
          name="bornOn"
          label={usagerFieldWords.bornOn}
          isOptional
          hint={'Exemple\u00a0: 3 2 1990'}
          value={typed.bornOn}
          error={errorOf('bornOn')}
        />
      </Group>
      <Group title="Coordonnées">
        {responsible ? (
          <p className="text-ink-soft">
            {'Ce sont celles du responsable\u00a0: '}
            <Responsible responsible={responsible} />
          </p>
        ) : (
          <>
            <div className="grid gap-5 sm:grid-cols-2">
              <Field {...of('phone')} isOptional type="tel" maxLength={30} />
              <Field {...of('email')} isOptional type="email" maxLength={254} />
            </div>
            <Unconfirmed sheet={sheet} typed={typed} />
            <Field {...of('address')} isOptional maxLength={300} />
            <Consents sheet={sheet} typed={typed} error={errorOf('notifyBySms')} />
          </>
        )}
      </Group>
      <Group title="À prévoir pour la recevoir">
        <p className="text-ink-soft">Lu par les agents qui peuvent ouvrir cette fiche, avec ses RDV et à l’accueil.</p>
        <Field
          name="interpreterLanguage"
          label="Langue de l’interprète"
          isOptional
          hint="Choisissez dans la liste, ou tapez une autre langue."
          list="langues"
          defaultValue={typed.interpreterLanguage}
          error={errorOf('interpreterLanguage')}
          maxLength={MAX_LANGUAGE_LENGTH}
          autoComplete="off"
        />
        <datalist id="langues">
          {USUAL_LANGUAGES.map((language) => (
            <option key={language} value={language} />
          ))}
        </datalist>
        <CheckGroup
          name="besoins"
          label="Accès et accueil"
          prefix={NEED_PREFIX}
          choices={ACCESSIBILITY_NEEDS.map((need) => ({ value: need, label: accessibilityWords[need] }))}
          ticked={typed.accessibilityNeeds}
        />
        <Field
          name="accessibilityNote"
          label="Autre besoin"
          isOptional
          hint="Seulement ce qu’il faut préparer, sans diagnostic."
          defaultValue={typed.accessibilityNote}
          error={errorOf('accessibilityNote')}
          maxLength={MAX_NEED_NOTE_LENGTH}
          autoComplete="off"
        />
      </Group>
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button>Enregistrer</Button>
        {isDoubt && (
          <Button name="acknowledged" value="double" variant="secondary">
            C’est quelqu’un d’autre, enregistrer
          </Button>
        )}
        <ButtonLink href={`/agent/usagers/${sheet.id}`} variant="quiet">
          Annuler
        </ButtonLink>
      </div>
    </form>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-5">
      <h2 className="border-b border-line pb-1 text-xl">{title}</h2>
      {children}
    </section>
  )
}

function Responsible({ responsible }: { responsible: NonNullable<UsagerSheet['responsible']> }) {
  const name = nameWords(responsible)
  if (!responsible.isOpen) return <span className="font-semibold text-ink">{name}</span>
  return (
    <a
      href={`/agent/usagers/${responsible.id}/modifier`}
      className="link inline-flex min-h-11 items-center font-semibold"
    >
      {name}
    </a>
  )
}

/** What the public typed: checked with the person, it opens their whole file to them. */
function Unconfirmed({ sheet, typed }: Pick<Props, 'sheet' | 'typed'>) {
  const hasPhone = sheet.phoneE164 !== null && !sheet.phoneConfirmed
  const hasEmail = sheet.email !== null && !sheet.emailConfirmed
  if (!hasPhone && !hasEmail) return null
  return (
    <fieldset className="space-y-3">
      <legend className="font-bold">À vérifier avec la personne</legend>
      <p className="text-ink-soft">Une fois vérifiés, ils lui montrent en ligne tous ses RDV.</p>
      <div className="grid gap-2 sm:grid-cols-2">
        {hasPhone && (
          <CheckField
            name="phoneConfirmed"
            label="Ce numéro est le sien"
            value="oui"
            defaultChecked={typed.phoneConfirmed}
          />
        )}
        {hasEmail && (
          <CheckField
            name="emailConfirmed"
            label="Cet e-mail est le sien"
            value="oui"
            defaultChecked={typed.emailConfirmed}
          />
        )}
      </div>
    </fieldset>
  )
}

type ConsentsProps = Pick<Props, 'sheet' | 'typed'> & { error: string | undefined }

/** Of whoever holds an account, sent back as they are. */
function Consents({ sheet, typed, error }: ConsentsProps) {
  const { hasAccount, notifyBySms, notifyByEmail } = sheet
  if (hasAccount)
    return (
      <>
        {notifyBySms && <input type="hidden" name="notifyBySms" value="oui" />}
        {notifyByEmail && <input type="hidden" name="notifyByEmail" value="oui" />}
        <p className="text-ink-soft">
          Cette personne a un compte&nbsp;: elle choisit elle-même les messages qu’elle reçoit.
        </p>
      </>
    )
  return (
    <fieldset className="space-y-3">
      <legend className="font-bold">Messages que la personne accepte</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        <CheckField name="notifyBySms" label="SMS" value="oui" defaultChecked={typed.notifyBySms} error={error} />
        <CheckField name="notifyByEmail" label="E-mails" value="oui" defaultChecked={typed.notifyByEmail} />
      </div>
    </fieldset>
  )
}
