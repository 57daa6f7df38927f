import type { ReactNode } from 'react'
import { Icon } from './icon'

export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-card border border-line bg-card p-4 sm:p-5 ${className}`}>{children}</div>
}

/** One answer among several: the whole card is the link. */
export function LinkCard({
  href,
  title,
  children,
  aside,
}: {
  href: string
  title: ReactNode
  children?: ReactNode
  aside?: ReactNode
}) {
  return (
    <a
      href={href}
      className="group flex min-h-14 items-center gap-3 rounded-card border-[1.5px] border-line-strong bg-card px-4 py-3 text-ink no-underline transition-colors duration-150 hover:border-accent hover:bg-accent-soft active:bg-accent-soft"
    >
      {/* What stands aside goes below on a phone, rather than cut words in two. */}
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-40 flex-1">
          <span className="block text-[1.0625rem] font-bold group-hover:underline group-hover:underline-offset-4">
            {title}
          </span>
          {children && <span className="block space-y-0.5 text-ink-soft">{children}</span>}
        </span>
        {aside}
      </span>
      <Icon name="next" className="shrink-0 text-accent" />
    </a>
  )
}
