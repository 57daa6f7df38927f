import type { ReactNode } from 'react'
import { Mark, PRODUCT } from '@/app/_ui/brand'
import { SuperNav } from './super-nav.client'

/** Header and main of the back-office. */
export function SuperShell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <header className="no-print border-b border-line bg-card">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 px-4 sm:px-6">
          <a
            href="/super"
            className="inline-flex min-h-12 items-center gap-2.5 font-bold text-ink no-underline hover:underline"
          >
            <Mark className="size-7 shrink-0" />
            <span className="max-sm:sr-only">{PRODUCT}</span>
            <span className="font-normal text-ink-soft">Support</span>
          </a>
          <form method="post" action="/connexion/sortir" className="ml-auto flex items-center gap-x-3 md:order-last">
            <input type="hidden" name="espace" value="super" />
            <span className="text-ink-soft max-sm:sr-only">{name}</span>
            <button className="min-h-11 text-accent underline underline-offset-4">Me déconnecter</button>
          </form>
          <SuperNav />
        </div>
      </header>
      <main
        id="contenu"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl flex-1 space-y-5 px-4 pt-5 pb-12 sm:px-6 sm:pt-8"
      >
        {children}
      </main>
    </>
  )
}
