import Link from 'next/link'

/** How many cancelled RDVs the reader asked not to see, and the way to see them here. */
export function HiddenCancelled({ count, href }: { count: number; href: string }) {
  if (count === 0) return null
  return (
    <p className="no-print flex flex-wrap items-center gap-x-2 text-ink-soft">
      {count > 1 ? `${count}\u00a0RDV annulés masqués` : 'Un RDV annulé masqué'}
      <Link href={href} prefetch={false} className="link inline-flex min-h-11 items-center">
        Afficher
        <span className="sr-only"> les RDV annulés</span>
      </Link>
    </p>
  )
}
