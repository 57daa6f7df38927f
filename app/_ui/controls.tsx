import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { FieldError, fieldId } from './field'

type Described = { label: ReactNode; name: string; hint?: ReactNode; error?: string | undefined }

const BOX = 'block w-full rounded-card bg-card px-3.5 py-2.5 text-[1.0625rem] text-ink disabled:bg-paper'
const edge = (error: string | undefined) =>
  error ? 'border-2 border-bad' : 'border-[1.5px] border-line-strong hover:border-ink'
const describedBy = ({ name, hint, error }: Described) => {
  const ids = [hint && `${fieldId(name)}-aide`, error && `${fieldId(name)}-erreur`].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(error && { 'aria-invalid': true }) }
}

function Around({ label, name, hint, error, children }: Described & { children: ReactNode }) {
  const id = fieldId(name)
  return (
    <div className={`min-w-0 space-y-1.5 ${error ? 'edge border-l-4 border-bad pl-4' : ''}`}>
      <label htmlFor={id} className="block font-bold">
        {label}
      </label>
      {hint && (
        <p id={`${id}-aide`} className="text-ink-soft">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
      {children}
    </div>
  )
}

/** A closed list. The id is `champ-<name>`, as `Field`'s. */
export function SelectField({
  label,
  hint,
  error,
  name,
  choices,
  ...rest
}: Described &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name'> & {
    choices: readonly { value: string; label: string }[]
  }) {
  const described = { label, name, hint, error }
  return (
    <Around {...described}>
      <select
        id={fieldId(name)}
        name={name}
        {...describedBy(described)}
        {...rest}
        className={`${BOX} min-h-12 ${edge(error)}`}
      >
        {choices.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Around>
  )
}

/** Several lines of text. */
export function TextAreaField({
  label,
  hint,
  error,
  name,
  ...rest
}: Described & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name'>) {
  const described = { label, name, hint, error }
  return (
    <Around {...described}>
      <textarea
        id={fieldId(name)}
        name={name}
        rows={4}
        {...describedBy(described)}
        {...rest}
        className={`${BOX} ${edge(error)}`}
      />
    </Around>
  )
}

/** One box to tick, a target of at least 48 px. */
export function CheckField({
  label,
  hint,
  error,
  name,
  ...rest
}: Described & Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'type'>) {
  const id = fieldId(name)
  return (
    <div className={error ? 'edge space-y-1 border-l-4 border-bad pl-4' : ''}>
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
      <label htmlFor={id} className="inline-flex min-h-12 cursor-pointer items-start gap-3 py-2.5">
        <input
          type="checkbox"
          id={id}
          name={name}
          {...describedBy({ label, name, hint, error })}
          {...rest}
          className="mt-0.5 size-5 shrink-0 accent-accent"
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-aide`} className="pl-8 text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  )
}
