import { CheckField, SelectField, TextAreaField } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { faultSentence } from '@/app/_words/administration'
import type { HttpSettings } from '@/server/kernel/gateways'

const METHODS = ['POST', 'PUT', 'GET'].map((value) => ({ value, label: value }))
const FORMATS = [
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'Formulaire (nom=valeur)' },
]

const BLANK: HttpSettings = {
  ...{ kind: 'http', method: 'POST', url: '', headers: [{ name: 'Authorization', value: 'Bearer {secret}' }] },
  ...{ format: 'json', template: '{"to": "{to}", "text": "{text}", "from": "{sender}"}', okFrom: 200, okTo: 299 },
  ...{ referencePath: '', refusedStatuses: [], ignoresRepeats: false },
}

type Texts = Readonly<Record<string, string>>

/** How to ask a gateway that no adapter knows, as its maker documents it. */
export function HttpFields({ saved, fields, faults }: { saved: HttpSettings | null; fields: Texts; faults: Texts }) {
  const now = saved ?? BLANK
  const line = (name: string, value: string) => ({
    ...{ name, autoComplete: 'off', defaultValue: fields[name] ?? value, error: faultSentence(faults[name]) },
  })
  return (
    <>
      <div className="grid items-end gap-5 sm:grid-cols-[1fr_2fr]">
        <SelectField {...line('method', now.method)} label="Méthode" choices={METHODS} />
        <Field {...line('url', now.url)} label="Adresse" inputMode="url" maxLength={500} hint="En https://" />
      </div>
      <TextAreaField
        {...line('headers', now.headers.map(({ name, value }) => `${name}: ${value}`).join('\n'))}
        label="En-têtes"
        isOptional
        hint={'Un par ligne, «\u00a0Nom: valeur\u00a0». {secret} y met le secret, qui n’y est jamais écrit en clair.'}
      />
      <SelectField {...line('format', now.format)} label="Format de l’envoi" choices={FORMATS} />
      <TextAreaField
        {...line('template', now.template)}
        label="Modèle de l’envoi"
        hint="Y sont remplacés {to} par le numéro (+336…), {digits} par le numéro sans le +, {text} par le texte, {sender} par l’expéditeur, {key} par un identifiant propre à chaque SMS, {secret} par le secret."
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field {...line('okFrom', String(now.okFrom))} label="Accepté, du code" inputMode="numeric" maxLength={3} />
        <Field {...line('okTo', String(now.okTo))} label="Au code" inputMode="numeric" maxLength={3} />
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          {...line('okText', now.okText ?? '')}
          label="Mot d’une réponse qui accepte"
          isOptional
          hint={'Exemple\u00a0: OK. Une réponse sans ce mot laisse l’envoi incertain.'}
          maxLength={60}
        />
        <Field
          {...line('failureText', now.failureText ?? '')}
          label="Mot d’une réponse qui échoue"
          isOptional
          hint={'Exemple\u00a0: KO. Le SMS est alors essayé ailleurs, ou plus tard.'}
          maxLength={60}
        />
      </div>
      <Field
        {...line('refusedStatuses', now.refusedStatuses.join(', '))}
        label="Codes d’un numéro refusé"
        isOptional
        hint={'Exemple\u00a0: 400, 422. Le SMS n’est alors plus essayé.'}
        maxLength={60}
      />
      <Field
        {...line('referencePath', now.referencePath)}
        label="Où lire la référence du SMS"
        isOptional
        hint={
          'Dans une réponse en JSON. Exemple\u00a0: messages.0.id. Une réponse sans référence laisse l’envoi incertain.'
        }
        maxLength={100}
      />
      <CheckField
        name="ignoresRepeats"
        value="oui"
        defaultChecked={fields.url === undefined ? now.ignoresRepeats : fields.ignoresRepeats === 'oui'}
        error={faultSentence(faults.ignoresRepeats)}
        label="Cette passerelle ignore un SMS déjà reçu sous le même identifiant"
        hint="Après une coupure, le même SMS lui est alors redonné. Elle doit recevoir {key}."
      />
    </>
  )
}
