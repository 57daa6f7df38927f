import type { ReactNode } from 'react'
import { Mark, PRODUCT } from './brand'

const HOME = '/'

type Width = 'narrow' | 'wide'
/** Both begin under the mark: the eye does not jump from one step to the next. */
const WIDTHS = { narrow: 'max-w-2xl', wide: '' } as const satisfies Record<Width, string>

/** `where` is the territory, once it is known. */
export function PublicHeader({ where }: { where?: string | undefined }) {
  return (
    <header className="border-b border-line bg-card">
      <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-3 px-4 py-1.5 sm:flex-nowrap sm:px-6">
        <a
          href={HOME}
          className="inline-flex min-h-11 items-center gap-2.5 font-bold text-ink no-underline hover:underline"
        >
          <Mark className="size-8 shrink-0" />
          <span>
            {PRODUCT}
            <span className="sr-only"> : accueil</span>
          </span>
        </a>
        {where && (
          <span className="order-last basis-full pb-1 text-right text-ink-soft sm:order-none sm:ml-auto sm:basis-auto sm:pb-0">
            {where}
          </span>
        )}
        <a
          href="/mes-rdv"
          className={`link inline-flex min-h-11 items-center font-semibold ${where ? 'ml-auto sm:ml-3' : 'ml-auto'}`}
        >
          Mes rendez-vous
        </a>
      </div>
    </header>
  )
}

const LINKS = [
  { href: '/mes-rdv', words: 'Retrouver mon rendez-vous' },
  { href: '/aide', words: 'Aide et signalement' },
  { href: '/accessibilite', words: 'Accessibilité : non conforme' },
  { href: '/mentions-legales', words: 'Mentions légales' },
  { href: '/donnees-personnelles', words: 'Données personnelles' },
  { href: '/connexion', words: 'Espace des agents' },
]

export function PublicFooter() {
  return (
    <footer className="no-print mt-auto border-t border-line bg-card">
      <nav aria-label="Pied de page" className="mx-auto max-w-5xl px-4 py-4 sm:px-6">
        <ul className="flex flex-col gap-x-6 sm:flex-row sm:flex-wrap">
          {LINKS.map((link) => (
            <li key={link.href}>
              <a
                href={link.href}
                className="inline-flex min-h-11 items-center text-ink-soft underline underline-offset-4 hover:text-ink"
              >
                {link.words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  )
}

/** Header, main, footer of a public page. */
export function PageShell({
  where,
  width = 'narrow',
  children,
}: {
  where?: string | undefined
  width?: Width
  children: ReactNode
}) {
  return (
    <>
      <PublicHeader where={where} />
      <main id="contenu" tabIndex={-1} className="mx-auto w-full max-w-5xl px-4 pt-5 pb-12 sm:px-6 sm:pt-8">
        <div className={`${WIDTHS[width]} space-y-5`}>{children}</div>
      </main>
      <PublicFooter />
    </>
  )
}
