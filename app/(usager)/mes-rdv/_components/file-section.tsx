import type { Kept } from '@/app/_lib/kept'
import { Button } from '@/app/_ui/button'
import { CHOICE, Field } from '@/app/_ui/field'
import type { OwnContacts } from '@/server/people/rules/account-files'

type File = OwnContacts['files'][number]
type Typed = Pick<Kept, 'fields' | 'faults'>

/** The field of the postal address of one file: several stand on a page. */
export const addressName = (usagerId: number | string) => `domicile-${String(usagerId)}`

/** What one département keeps of somebody: by what they are told, and where they live. */
export function FileSection({ file, kept }: { file: File; kept: Typed }) {
  const id = `dossier-${String(file.usagerId)}`
  return (
    <section aria-labelledby={id} className="space-y-6 rounded-card border border-line bg-card p-4 sm:p-6">
      <h2 id={id} className="text-lg">
        {file.firstName} {file.lastName}, {file.territoryName}
      </h2>
      <Consents file={file} />
      <div className="space-y-4 border-t border-line pt-5">
        {file.postal ? (
          <PostalForm file={file} postal={file.postal} kept={kept} />
        ) : (
          <p className="text-ink-soft">
            Votre adresse postale ne s’affiche pas ici{'\u00a0'}: le numéro ou l’e-mail de ce dossier sert aussi à
            quelqu’un d’autre, ou n’est pas confirmé. Pour la changer, dites-le au service.
          </p>
        )}
      </div>
    </section>
  )
}

const Consents = ({ file }: { file: File }) => (
  <form method="post" action="/mes-rdv/coordonnees/consentements" className="space-y-4">
    <fieldset className="space-y-3">
      <legend className="mb-1 font-bold">Comment souhaitez-vous être prévenu de ces rendez-vous{'\u202f'}?</legend>
      <input type="hidden" name="usagerId" value={file.usagerId} />
      <label className={CHOICE}>
        <input type="checkbox" name="sms" value="oui" defaultChecked={file.notifyBySms} className="mt-1 size-5" />
        Par SMS
      </label>
      <label className={CHOICE}>
        <input type="checkbox" name="mail" value="oui" defaultChecked={file.notifyByEmail} className="mt-1 size-5" />
        Par e-mail
      </label>
    </fieldset>
    <Button variant="secondary" className="w-full sm:w-auto">
      Enregistrer
      <span className="sr-only">
        {' '}
        pour {file.firstName}, {file.territoryName}
      </span>
    </Button>
  </form>
)

function PostalForm({ file, postal, kept }: { file: File; postal: NonNullable<File['postal']>; kept: Typed }) {
  const name = addressName(file.usagerId)
  const error = kept.faults[name]
  return (
    <form method="post" action="/mes-rdv/coordonnees/domicile" className="space-y-3">
      <input type="hidden" name="usagerId" value={file.usagerId} />
      <input type="hidden" name="version" value={postal.version} />
      {error && postal.address && (
        <p>
          Adresse enregistrée{'\u00a0'}: <strong className="break-words">{postal.address}</strong>
        </p>
      )}
      <Field
        name={name}
        label="Mon adresse postale"
        hint="Numéro, rue, code postal et commune."
        isOptional
        maxLength={300}
        autoComplete="street-address"
        defaultValue={kept.fields[name] ?? postal.address}
        error={error}
      />
      <Button variant="secondary" className="w-full sm:w-auto">
        Enregistrer cette adresse
        <span className="sr-only">
          {' '}
          pour {file.firstName}, {file.territoryName}
        </span>
      </Button>
    </form>
  )
}
