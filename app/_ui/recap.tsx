import type { ReactNode } from 'react'

export type RecapRow = {
  label: string
  value: ReactNode
  /** Under the value, across the row: an address, « seul lieu proposé ». */
  note?: ReactNode
  /** Link at the end of the row; `about` completes it for those who hear it out of context. */
  action?: { href: string; words: string; about: string } | undefined
}

/** What has been chosen so far. */
export function Recap({ rows, title = 'Votre demande' }: { rows: readonly RecapRow[]; title?: string }) {
  return (
    <section aria-label={title} className="rounded-card border border-line bg-card px-4 py-2 lg:py-4">
      <h2 className="sr-only pb-1 text-lg lg:not-sr-only">{title}</h2>
      <dl className="divide-y divide-line">
        {rows.map((row) => (
          <div key={row.label} className="grid grid-cols-[4.75rem_minmax(0,1fr)_auto] items-baseline gap-x-2 py-1.5">
            <dt className="text-ink-soft">{row.label}</dt>
            <dd className="min-w-0 font-semibold">{row.value}</dd>
            {row.action && (
              <dd>
                <a href={row.action.href} className="link -my-2 inline-flex min-h-11 items-center">
                  {row.action.words}
                  <span className="sr-only"> {row.action.about}</span>
                </a>
              </dd>
            )}
            {row.note && <dd className="col-span-2 col-start-2 text-ink-soft">{row.note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}
