import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon'

export type Described = {
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  isOptional?: boolean
}

/** The look of whatever one types in or chooses from. */
export const boxClass = (error?: string) =>
  `block min-h-12 rounded-card bg-card px-3.5 py-2.5 text-[1.0625rem] text-ink placeholder:text-ink-soft disabled:bg-paper ${
    error ? 'border-2 border-bad' : 'border-[1.5px] border-line-strong hover:border-ink'
  }`

/** The look of a box or a button to tick, its words beside it: a target of at least 48 px. */
export const CHOICE =
  'flex min-h-12 items-start gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-3 hover:border-ink has-checked:border-accent has-checked:bg-accent-soft'

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

/** Ties a control, or a group of them, to its hint and its error. */
export function describedBy({ name, hint, error }: Pick<Described, 'name' | 'hint' | 'error'>) {
  const ids = [hint && `${fieldId(name)}-aide`, error && `${fieldId(name)}-erreur`].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(error && { 'aria-invalid': true }) }
}

function Words({ name, hint, error }: Described) {
  return (
    <>
      {hint && (
        <p id={`${fieldId(name)}-aide`} className="text-ink-soft">
          {hint}
        </p>
      )}
      {error && <FieldError id={`${fieldId(name)}-erreur`}>{error}</FieldError>}
    </>
  )
}

const Optional = () => <span className="font-normal text-ink-soft"> (facultatif)</span>

const frameClass = (error: string | undefined) =>
  `min-w-0 space-y-1.5 ${error ? 'edge border-l-4 border-bad pl-4' : ''}`

/** A label, an optional hint, the error, then the one control, whose id is `champ-<name>`, for the error summary's links. */
export function Frame({ children, ...described }: Described & { children: ReactNode }) {
  return (
    <div className={frameClass(described.error)}>
      <label htmlFor={fieldId(described.name)} className="block font-bold">
        {described.label}
        {described.isOptional && <Optional />}
      </label>
      <Words {...described} />
      {children}
    </div>
  )
}

/** The same around several controls that make one answer. */
export function GroupFrame({ children, ...described }: Described & { children: ReactNode }) {
  const { 'aria-describedby': ids } = describedBy(described)
  return (
    <fieldset className={frameClass(described.error)} {...(ids && { 'aria-describedby': ids })}>
      <legend className="font-bold">
        {described.label}
        {described.isOptional && <Optional />}
      </legend>
      <Words {...described} />
      {children}
    </fieldset>
  )
}

/** One line of text. */
export function Field({
  label,
  hint,
  error,
  name,
  isOptional = false,
  className = '',
  ...rest
}: Described & Omit<ComponentProps<'input'>, 'name'>) {
  const described = { label, hint, error, name, isOptional }
  return (
    <Frame {...described}>
      <input
        id={fieldId(name)}
        name={name}
        {...describedBy(described)}
        {...rest}
        className={`${boxClass(error)} w-full ${className}`}
      />
    </Frame>
  )
}

/** Day, month and year as three boxes, posted as `<name>-jour`, `<name>-mois`, `<name>-annee`. */
export function DateField({
  value = '',
  autoComplete,
  ...described
}: Described & { value?: string | undefined; autoComplete?: 'bday' }) {
  const { name, error } = described
  const id = fieldId(name)
  const [year = '', month = '', day = ''] = value.split('-')
  const boxes = [
    { part: 'jour', words: 'Jour', value: day, complete: 'bday-day', width: 'w-18', length: 2 },
    { part: 'mois', words: 'Mois', value: month, complete: 'bday-month', width: 'w-18', length: 2 },
    { part: 'annee', words: 'Année', value: year, complete: 'bday-year', width: 'w-26', length: 4 },
  ]
  return (
    <GroupFrame {...described}>
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
              className={`${boxClass(error)} ${box.width}`}
            />
          </div>
        ))}
      </div>
    </GroupFrame>
  )
}
