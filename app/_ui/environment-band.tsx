/** Worn by every page of an environment that is not production. Its link, a target for a thumb, reaches below the band. */
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
        <a
          href={link.href}
          className="relative -mt-0.5 -mb-4.5 inline-flex h-11 items-start pt-0.5 font-normal underline underline-offset-4"
        >
          {link.words}
        </a>
      )}
    </div>
  )
}
