import type { ReactNode } from 'react'
import type { Viewer } from '@/app/_lib/viewer'
import { Mark, PRODUCT } from '@/app/_ui/brand'
import { api } from '@/server/api'
import { AgentNav } from './agent-nav.client'
import { ImpersonationBanner } from './impersonation-banner'
import { NewsBell } from './news-bell.client'

/** Header, navigation and main of every page of an agent. */
export async function AgentShell({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  const { booking, messaging } = await api()
  const [toFillCount, newsCount] = await Promise.all([booking.countRdvsToFill(), messaging.countMyNews()])
  return (
    <>
      {viewer.impersonation && (
        <ImpersonationBanner
          impersonation={viewer.impersonation}
          name={`${viewer.firstName ?? ''} ${viewer.lastName}`.trim()}
          zone={viewer.zone ?? 'Europe/Paris'}
        />
      )}
      <header className="no-print border-b border-line bg-card">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-2 px-4 sm:px-6 md:gap-x-6 xl:gap-x-3">
          <a
            href="/agent"
            className="inline-flex min-h-12 items-center gap-2.5 font-bold text-ink no-underline hover:underline"
          >
            <Mark className="size-7 shrink-0" />
            <span>
              {PRODUCT}
              <span className="sr-only"> : ma journée</span>
            </span>
          </a>
          <div className="md:order-none">
            <AgentNav toFillCount={toFillCount} />
          </div>
          <div className="ml-auto flex min-w-0 flex-1 basis-0 items-center justify-end gap-x-2 md:flex-none md:basis-auto xl:flex-1 xl:basis-0">
            <NewsBell newsCount={newsCount} />
            <p className="min-w-0 truncate text-ink-soft">
              <span className="sr-only">Connecté : </span>
              {viewer.firstName} {viewer.lastName}
            </p>
          </div>
        </div>
      </header>
      <main
        id="contenu"
        tabIndex={-1}
        className="mx-auto w-full max-w-5xl flex-1 space-y-5 px-4 pt-5 pb-28 sm:px-6 sm:pt-8 md:pb-12"
      >
        {children}
      </main>
    </>
  )
}
