import type { ReactNode } from 'react'
import { FieldError, fieldId } from './field'

type Described = { label: ReactNode; hint?: ReactNode; error?: string | undefined }

const BOX = 'block min-h-12 w-full rounded-card bg-card px-3.5 py-2.5 text-[1.0625rem] text-ink'
const edge = (error: string | undefined) =>
  error ? 'border-2 border-bad' : 'border-[1.5px] border-line-strong hover:border-ink'

const describedBy = (id: string, hint: ReactNode, error: string | undefined) => {
  const ids = [hint && `${id}-aide`, error && `${id}-erreur`].filter(Boolean).join(' ')
  return ids === '' ? {} : { 'aria-describedby': ids }
}

function Above({ id, label, hint, error, isOptional }: Described & { id: string; isOptional?: boolean }) {
  return (
    <>
      <label htmlFor={id} className="block font-bold">
        {label}
        {isOptional && <span className="font-normal text-ink-soft"> (facultatif)</span>}
      </label>
      {hint && (
        <p id={`${id}-aide`} className="text-ink-soft">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
    </>
  )
}

/** One answer among many, in a list that folds. */
export function SelectField({
  name,
  choices,
  value,
  empty,
  isOptional = false,
  ...described
}: Described & {
  name: string
  choices: readonly { value: string; label: string }[]
  value?: string | undefined
  /** Words of the answer that is none. */
  empty?: string
  isOptional?: boolean
}) {
  const id = fieldId(name)
  const { hint, error } = described
  return (
    <div className={`space-y-1.5 ${error ? 'edge border-l-4 border-bad pl-4' : ''}`}>
      <Above id={id} {...described} isOptional={isOptional} />
      <select
        id={id}
        name={name}
        defaultValue={value ?? ''}
        {...describedBy(id, hint, error)}
        {...(error && { 'aria-invalid': true })}
        className={`${BOX} ${edge(error)}`}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Several lines. */
export function TextField({
  name,
  value,
  rows = 4,
  maxLength,
  isOptional = false,
  ...described
}: Described & {
  name: string
  value?: string | undefined
  rows?: number
  maxLength?: number
  isOptional?: boolean
}) {
  const id = fieldId(name)
  const { hint, error } = described
  return (
    <div className={`space-y-1.5 ${error ? 'edge border-l-4 border-bad pl-4' : ''}`}>
      <Above id={id} {...described} isOptional={isOptional} />
      <textarea
        id={id}
        name={name}
        rows={rows}
        defaultValue={value}
        {...(maxLength && { maxLength })}
        {...describedBy(id, hint, error)}
        {...(error && { 'aria-invalid': true })}
        className={`${BOX} ${edge(error)}`}
      />
    </div>
  )
}

/** Boxes to tick, posted as `<prefix>-<value>`, each a target of at least 48 px. The error summary's links lead to the first. */
export function CheckGroup({
  name,
  prefix,
  choices,
  ticked,
  label,
  hint,
  error,
}: Described & {
  name: string
  prefix: string
  choices: readonly { value: string; label: ReactNode; hint?: ReactNode }[]
  ticked: readonly string[]
}) {
  const id = fieldId(name)
  return (
    <fieldset className="space-y-2" {...describedBy(id, hint, error)}>
      <legend className="font-bold">{label}</legend>
      {hint && (
        <p id={`${id}-aide`} className="text-ink-soft">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map((choice, index) => (
          <label
            key={choice.value}
            className="flex min-h-12 items-start gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-3 hover:border-ink has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="checkbox"
              id={index === 0 ? id : `${id}-${choice.value}`}
              name={`${prefix}-${choice.value}`}
              value="oui"
              defaultChecked={ticked.includes(choice.value)}
              className="mt-0.5 size-5 shrink-0 accent-accent"
            />
            <span>
              <span className="font-semibold">{choice.label}</span>
              {choice.hint && <span className="block text-ink-soft">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** One box: a thing acknowledged. */
export function CheckField({ name, label, isTicked = false }: { name: string; label: ReactNode; isTicked?: boolean }) {
  return (
    <label className="flex min-h-12 items-start gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-3 hover:border-ink has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="checkbox"
        id={fieldId(name)}
        name={name}
        value="oui"
        defaultChecked={isTicked}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span className="font-semibold">{label}</span>
    </label>
  )
}
