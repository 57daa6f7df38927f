'use client'

import { AddressField } from '@/app/_parts/form/address-field.client'
import { Field } from '@/app/_ui/field'
import { useKept } from './use-kept.client'

/** A place of this RDV alone, as typed: kept in this tab until the RDV is placed, never in an address. */
export function useOneOff(key: string) {
  const [name, setName, forgetName] = useKept(`${key} nom`, '')
  const [address, setAddress, forgetAddress] = useKept(`${key} adresse`, '')
  const forget = () => {
    forgetName()
    forgetAddress()
  }
  return { name, setName, address, setAddress, forget }
}

/** Its two fields. `isApart`: inside a form whose answer is an address, which they stay out of. */
export function OneOffFields({ keptAs, isApart = false }: { keptAs: string; isApart?: boolean }) {
  const { name, setName, address, setAddress } = useOneOff(keptAs)
  const common = { required: true, autoComplete: 'off', ...(isApart && { form: 'hors-adresse' }) }
  return (
    <fieldset className="space-y-4 rounded-card border border-line bg-card p-4">
      <legend className="sr-only">Autre lieu</legend>
      <p className="text-ink-soft">
        Pour ce RDV seulement{'\u00a0'}: ce lieu n’est ajouté à aucune liste. L’usager le voit avec son rendez-vous.
      </p>
      <Field
        {...common}
        name="lieu-nom"
        label="Nom du lieu"
        maxLength={100}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <AddressField
        {...common}
        name="lieu-adresse"
        label="Adresse du lieu"
        hint={'Exemple\u00a0: 12 rue de la Gare, 62300 Lens'}
        value={address}
        onChange={setAddress}
      />
    </fieldset>
  )
}
