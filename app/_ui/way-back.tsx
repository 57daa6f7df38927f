import { Icon } from './icon'

/** To the page before, at the top of a public page. */
export function WayBack({ href, words = 'Retour' }: { href: string; words?: string }) {
  return (
    <a
      href={href}
      className="-mt-3 -ml-1 inline-flex min-h-11 items-center gap-1 pr-2 text-ink-soft underline underline-offset-4 hover:text-ink"
    >
      <Icon name="back" />
      {words}
    </a>
  )
}
