import { ButtonLink } from './button'
import { Icon } from './icon'

type Way = { href: string; words: string } | null

/** Two ways along an ordered list; a missing way leaves no dead button. */
export function Pagination({ previous, next, label }: { previous: Way; next: Way; label: string }) {
  if (!previous && !next) return null
  return (
    <nav aria-label={label} className="flex flex-wrap gap-3 [&>*]:flex-1">
      {previous && (
        <ButtonLink href={previous.href} variant="secondary" rel="prev">
          <Icon name="back" className="-ml-1" />
          {previous.words}
        </ButtonLink>
      )}
      {next && (
        <ButtonLink href={next.href} variant="secondary" rel="next">
          {next.words}
          <Icon name="next" className="-mr-1" />
        </ButtonLink>
      )}
    </nav>
  )
}
