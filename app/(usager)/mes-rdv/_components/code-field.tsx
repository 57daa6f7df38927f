import { Field } from '@/app/_ui/field'

/** Six digits, offered by telephones that have just received them. */
export function CodeField() {
  return (
    <Field
      name="code"
      label="Code à 6 chiffres"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={12}
      className="max-w-48 text-2xl tracking-[0.3em]"
    />
  )
}
