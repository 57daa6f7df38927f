import { fieldId } from './field'

/** Every error of a form, each a link to its field. Takes the focus as the page opens, without any script. */
export function ErrorSummary({
  title,
  errors,
  onGo,
}: {
  title?: string
  errors: readonly { name: string; message: string }[]
  /** Before going to a field: it may have to be shown first. */
  onGo?: (name: string) => void
}) {
  const [only] = errors
  if (!only) return null
  const heading =
    title ?? (errors.length === 1 ? 'Une réponse est à corriger' : `${errors.length} réponses sont à corriger`)
  return (
    <div
      id="erreurs"
      role="alert"
      tabIndex={-1}
      autoFocus
      aria-labelledby="erreurs-titre"
      className="rounded-card border-2 border-bad bg-card p-4"
    >
      <h2 id="erreurs-titre" className="text-lg text-bad">
        {heading}
      </h2>
      <ul className="mt-1">
        {errors.map((error) => (
          <li key={error.name}>
            <a
              href={`#${fieldId(error.name)}`}
              {...(onGo && { onClick: () => onGo(error.name) })}
              className="inline-flex min-h-11 items-center font-semibold text-bad underline underline-offset-4"
            >
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
