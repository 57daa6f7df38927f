/** Worn by every page of an environment that is not production. */
export function EnvironmentBand({
  name,
  message,
  link,
}: {
  name: string
  message: string
  link?: { href: string; words: string }
}) {
  return (
    <div
      role="region"
      aria-label="Environnement"
      className="no-print flex flex-wrap items-center justify-center gap-x-2 bg-band px-4 py-0.5 text-center font-semibold text-band-ink"
    >
      <span>
        <span className="uppercase">{name}</span>
        {'\u00a0: '}
        {message}
      </span>
      {link && (
        <a href={link.href} className="inline-flex min-h-6 items-center font-normal underline underline-offset-4">
          {link.words}
        </a>
      )}
    </div>
  )
}
