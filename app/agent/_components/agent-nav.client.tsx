'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTRPC } from '@/app/_lib/trpc.client'
import { Icon, type IconName } from '@/app/_ui/icon'

type Tab = {
  href: string
  words: string
  /** Where there is little room. */
  short?: string
  /** Only where there is room: elsewhere another page leads there. */
  isExtra?: true
  icon: IconName
  isHere: (path: string) => boolean
}

const under = (href: string) => (path: string) => path === href || path.startsWith(`${href}/`)

const TABS: readonly Tab[] = [
  { href: '/agent', words: 'Journée', icon: 'clock', isHere: (path) => path === '/agent' },
  { href: '/agent/semaine', words: 'Semaine', icon: 'calendar', isHere: under('/agent/semaine') },
  { href: '/agent/agenda', words: 'Agenda', icon: 'grid', isExtra: true, isHere: under('/agent/agenda') },
  {
    href: '/agent/rdvs/nouveau',
    words: 'Créer un RDV',
    short: 'Créer',
    icon: 'plus',
    isHere: under('/agent/rdvs/nouveau'),
  },
  {
    href: '/agent/creneaux',
    words: 'Trouver un RDV',
    icon: 'search',
    isExtra: true,
    isHere: under('/agent/creneaux'),
  },
  { href: '/agent/usagers', words: 'Usagers', icon: 'people', isExtra: true, isHere: under('/agent/usagers') },
  { href: '/agent/a-renseigner', words: 'À renseigner', icon: 'check', isHere: under('/agent/a-renseigner') },
  { href: '/agent/profil', words: 'Profil', icon: 'person', isHere: under('/agent/profil') },
]

/** « 7 », « 99+ »: how many past RDVs wait for their status. */
function Count({ count }: { count: number }) {
  return (
    <span className="absolute top-1 left-1/2 ml-2 rounded-full bg-warn px-1.5 leading-5 font-bold text-white md:static md:ml-0">
      {count > 99 ? '99+' : count}
      <span className="sr-only"> rendez-vous à renseigner</span>
    </span>
  )
}

/** A bar under the thumb on a phone, a line of links in the header on a desktop. The count follows the page's changes. */
export function AgentNav({ toFillCount }: { toFillCount: number }) {
  const path = usePathname()
  const trpc = useTRPC()
  const { data: count } = useQuery({ ...trpc.booking.countRdvsToFill.queryOptions(), initialData: toFillCount })
  return (
    <nav
      aria-label="Espace des agents"
      className="no-print fixed inset-x-0 bottom-0 z-40 border-t border-line bg-card pb-[env(safe-area-inset-bottom)] md:relative md:border-t-0 md:pb-0"
    >
      <ul className="mx-auto flex max-w-5xl md:gap-1 xl:max-w-none xl:gap-0">
        {TABS.map((tab) => (
          <li key={tab.href} className={tab.isExtra ? 'max-xl:hidden' : 'flex-auto'}>
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.isHere(path) ? 'page' : undefined}
              className="relative flex min-h-14 flex-col items-center justify-center gap-0.5 border-t-[3px] border-transparent px-1 text-ink-soft no-underline hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-bold aria-[current=page]:text-accent md:min-h-12 md:flex-row md:gap-2 md:border-b-[3px] md:px-3 md:aria-[current=page]:border-t-transparent xl:gap-1.5 xl:px-2"
            >
              <Icon name={tab.icon} />
              <span className="whitespace-nowrap" aria-hidden={tab.short !== undefined}>
                {tab.short ? (
                  <>
                    <span className="md:hidden">{tab.short}</span>
                    <span className="max-md:hidden">{tab.words}</span>
                  </>
                ) : (
                  tab.words
                )}
              </span>
              {tab.short && <span className="sr-only">{tab.words}</span>}
              {tab.href === '/agent/a-renseigner' && count > 0 && <Count count={count} />}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
