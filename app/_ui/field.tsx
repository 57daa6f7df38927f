import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon'

type Described = { label: ReactNode; hint?: ReactNode; error?: string | undefined }

const INPUT = 'block min-h-12 rounded-card bg-card px-3.5 py-2.5 text-[1.0625rem] text-ink placeholder:text-ink-soft'
const edge = (error: string | undefined) =>
  error ? 'border-2 border-bad' : 'border-[1.5px] border-line-strong hover:border-ink'

export const fieldId = (name: string) => `champ-${name}`

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p id={id} className="flex gap-2 font-semibold text-bad">
      <Icon name="warning" className="mt-0.5 shrink-0" />
      <span>
        <span className="sr-only">Erreur : </span>
        {children}
      </span>
    </p>
  )
}

/** A label, an optional hint, an input, its error. The id is `champ-<name>`, for the error summary's links. */
export function Field({
  label,
  hint,
  error,
  name,
  isOptional = false,
  className = '',
  ...rest
}: Described & Omit<ComponentProps<'input'>, 'name'> & { name: string; isOptional?: boolean }) {
  const id = fieldId(name)
  const described = [hint && `${id}-aide`, error && `${id}-erreur`].filter(Boolean).join(' ')
  return (
    <div className={`space-y-1.5 ${error ? 'edge border-l-4 border-bad pl-4' : ''}`}>
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
      <input
        id={id}
        name={name}
        {...(described && { 'aria-describedby': described })}
        {...(error && { 'aria-invalid': true })}
        {...rest}
        className={`${INPUT} w-full ${edge(error)} ${className}`}
      />
    </div>
  )
}

/** Day, month and year as three boxes, posted as `<name>-jour`, `<name>-mois`, `<name>-annee`. */
export function DateField({
  label,
  hint,
  error,
  name,
  value = '',
  autoComplete,
}: Described & { name: string; value?: string | undefined; autoComplete?: 'bday' }) {
  const id = fieldId(name)
  const [year = '', month = '', day = ''] = value.split('-')
  const described = [hint && `${id}-aide`, error && `${id}-erreur`].filter(Boolean).join(' ')
  const boxes = [
    { part: 'jour', words: 'Jour', value: day, complete: 'bday-day', width: 'w-18', length: 2 },
    { part: 'mois', words: 'Mois', value: month, complete: 'bday-month', width: 'w-18', length: 2 },
    { part: 'annee', words: 'Année', value: year, complete: 'bday-year', width: 'w-26', length: 4 },
  ]
  return (
    <fieldset
      className={`space-y-1.5 ${error ? 'edge border-l-4 border-bad pl-4' : ''}`}
      {...(described && { 'aria-describedby': described })}
    >
      <legend className="font-bold">{label}</legend>
      {hint && (
        <p id={`${id}-aide`} className="text-ink-soft">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
      <div className="flex gap-3">
        {boxes.map((box, index) => (
          <div key={box.part} className="space-y-1">
            <label htmlFor={index === 0 ? id : `${id}-${box.part}`} className="block">
              {box.words}
            </label>
            <input
              id={index === 0 ? id : `${id}-${box.part}`}
              name={`${name}-${box.part}`}
              inputMode="numeric"
              maxLength={box.length}
              defaultValue={box.value}
              autoComplete={autoComplete ? box.complete : 'off'}
              {...(error && { 'aria-invalid': true, 'aria-describedby': `${id}-erreur` })}
              className={`${INPUT} ${edge(error)} ${box.width}`}
            />
          </div>
        ))}
      </div>
    </fieldset>
  )
}

export type Choice = { value: string; label: ReactNode; hint?: ReactNode }

/** Radio buttons, each a target of at least 48 px. */
export function RadioGroup({
  label,
  hint,
  error,
  name,
  choices,
  value,
}: Described & { name: string; choices: readonly Choice[]; value?: string | undefined }) {
  const id = fieldId(name)
  return (
    <fieldset className="space-y-2" {...(error && { 'aria-describedby': `${id}-erreur` })}>
      <legend className="font-bold">{label}</legend>
      {hint && <p className="text-ink-soft">{hint}</p>}
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
      <div className="grid gap-2">
        {choices.map((choice, index) => (
          <label key={choice.value} className={CHOICE}>
            <input
              type="radio"
              id={index === 0 ? id : `${id}-${choice.value}`}
              name={name}
              value={choice.value}
              defaultChecked={choice.value === value}
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

const CHOICE =
  'flex min-h-12 items-start gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-3 hover:border-ink has-checked:border-accent has-checked:bg-accent-soft'
