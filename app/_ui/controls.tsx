import type { ComponentProps, ReactNode } from 'react'
import { boxClass, CHOICE, describedBy, FieldError, fieldId, Frame, GroupFrame, type Described } from './field'

/** A closed list. `empty`: the words of the answer that is none, first of them. */
export function SelectField({
  label,
  hint,
  error,
  name,
  isOptional = false,
  choices,
  empty,
  ...rest
}: Described &
  Omit<ComponentProps<'select'>, 'name'> & {
    choices: readonly { value: string; label: string }[]
    empty?: string
  }) {
  const described = { label, name, hint, error, isOptional }
  return (
    <Frame {...described}>
      <select
        id={fieldId(name)}
        name={name}
        {...describedBy(described)}
        {...rest}
        className={`${boxClass(error)} w-full`}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {choices.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Frame>
  )
}

/** Several lines of text. */
export function TextAreaField({
  label,
  hint,
  error,
  name,
  isOptional = false,
  ...rest
}: Described & Omit<ComponentProps<'textarea'>, 'name'>) {
  const described = { label, name, hint, error, isOptional }
  return (
    <Frame {...described}>
      <textarea
        id={fieldId(name)}
        name={name}
        rows={4}
        {...describedBy(described)}
        {...rest}
        className={`${boxClass(error)} w-full`}
      />
    </Frame>
  )
}

type Choice = { value: string; label: ReactNode; hint?: ReactNode }

/** A box or a button, its words beside it, the whole a target of at least 48 px. */
function Tick({ label, hint, ...rest }: ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }) {
  return (
    <label className={CHOICE}>
      <input {...rest} className="mt-0.5 size-5 shrink-0 accent-accent" />
      <span className="min-w-0">
        <span className="font-semibold">{label}</span>
        {hint && <span className="block text-ink-soft">{hint}</span>}
      </span>
    </label>
  )
}

/** Of several items the first holds the id the error summary's links lead to. */
const idOf = (name: string, value: string, index: number) => (index === 0 ? fieldId(name) : `${fieldId(name)}-${value}`)

/** One answer among a few, all in sight. */
export function RadioGroup({
  choices,
  value,
  ...described
}: Described & { choices: readonly Choice[]; value?: string | undefined }) {
  const { name } = described
  return (
    <GroupFrame {...described}>
      <div className="grid gap-2">
        {choices.map((choice, index) => (
          <Tick
            key={choice.value}
            type="radio"
            id={idOf(name, choice.value, index)}
            name={name}
            value={choice.value}
            defaultChecked={choice.value === value}
            label={choice.label}
            hint={choice.hint}
          />
        ))}
      </div>
    </GroupFrame>
  )
}

/** Several answers among a few, posted as `<prefix>-<value>`. */
export function CheckGroup({
  prefix,
  choices,
  ticked,
  ...described
}: Described & { prefix: string; choices: readonly Choice[]; ticked: readonly string[] }) {
  return (
    <GroupFrame {...described}>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map((choice, index) => (
          <Tick
            key={choice.value}
            type="checkbox"
            id={idOf(described.name, choice.value, index)}
            name={`${prefix}-${choice.value}`}
            value="oui"
            defaultChecked={ticked.includes(choice.value)}
            label={choice.label}
            hint={choice.hint}
          />
        ))}
      </div>
    </GroupFrame>
  )
}

/** One box to tick. */
export function CheckField({
  label,
  hint,
  error,
  name,
  ...rest
}: Omit<Described, 'isOptional'> & Omit<ComponentProps<'input'>, 'name' | 'type'>) {
  return (
    <div className={error ? 'edge space-y-1.5 border-l-4 border-bad pl-4' : ''}>
      {error && <FieldError id={`${fieldId(name)}-erreur`}>{error}</FieldError>}
      <Tick
        type="checkbox"
        id={fieldId(name)}
        name={name}
        {...describedBy({ name, error })}
        {...rest}
        label={label}
        hint={hint}
      />
    </div>
  )
}
