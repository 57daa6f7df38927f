'use client'

import { usePathname } from 'next/navigation'

const TABS = [
  { href: '/super', words: 'État' },
  { href: '/super/territoires', words: 'Territoires' },
  { href: '/super/organisations', words: 'Organisations' },
  { href: '/super/agents', words: 'Agents' },
  { href: '/super/evenements', words: 'Événements' },
  { href: '/super/taches', words: 'Tâches' },
]

/** Where one is in the back-office. */
export function SuperNav() {
  const path = usePathname()
  const isHere = (href: string) => path === href || (href !== '/super' && path.startsWith(`${href}/`))
  return (
    <nav aria-label="Support" className="w-full md:w-auto">
      <ul className="flex flex-wrap max-md:-mx-1 max-md:gap-x-3 md:gap-x-1">
        {TABS.map(({ href, words }) => (
          <li key={href}>
            <a
              href={href}
              aria-current={isHere(href) ? 'page' : undefined}
              className="inline-flex min-h-12 items-center border-b-[3px] border-transparent px-1 text-ink-soft no-underline hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-bold aria-[current=page]:text-accent sm:px-2"
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
