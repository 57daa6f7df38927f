'use client'

import dynamic from 'next/dynamic'
import type { AgendaGridProps } from './grid.client'

/** Only in the browser: drawn on the server, the library keeps memory at each request (see grid.test.ts). */
const Grid = dynamic(() => import('./grid.client').then(({ AgendaGrid }) => AgendaGrid), {
  ssr: false,
  loading: () => (
    <div aria-busy="true" className="rounded-card border border-line bg-card p-4">
      <p className="text-ink-soft">L’agenda s’ouvre…</p>
      <div
        aria-hidden="true"
        className="mt-4 h-[60dvh] animate-pulse rounded-card bg-line/50 motion-reduce:animate-none"
      />
    </div>
  ),
})

export const GridView = (props: AgendaGridProps) => <Grid {...props} />
