import Link from 'next/link'
import type { ReactNode } from 'react'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { catalogueNotices } from '@/app/_words/catalogue'

type Organisation = { readonly organisationId: number; readonly name: string }

export const catalogueHref = ({ organisationId }: { organisationId: number }, below = ''): string =>
  `/configuration/organisations/${organisationId}${below}`

/** The way down to a page of an organisation's catalogue, its title and what the last form did. */
export function CatalogueFrame({
  organisation,
  title,
  intro,
  ways,
  avis,
  children,
}: {
  organisation: Organisation
  title: string
  intro?: ReactNode
  /** The pages above, under the organisation. */
  ways: readonly { readonly words: string; readonly href: string }[]
  avis?: string | string[] | undefined
  children: ReactNode
}) {
  const notice = Object.entries(catalogueNotices).find(([key]) => key === avis)?.[1]
  return (
    <div className="mx-auto max-w-4xl space-y-5">
      <nav aria-label="Fil d’Ariane">
        <ol className="flex flex-wrap items-center gap-x-2 text-ink-soft">
          <li>
            <Link
              href={catalogueHref(organisation)}
              prefetch={false}
              className="link inline-flex min-h-11 items-center"
            >
              {organisation.name}
            </Link>
          </li>
          {ways.map(({ words, href }) => (
            <li key={href} className="inline-flex items-center gap-2">
              <span aria-hidden="true">›</span>
              <Link href={href} prefetch={false} className="link inline-flex min-h-11 items-center">
                {words}
              </Link>
            </li>
          ))}
        </ol>
      </nav>
      <StepTitle intro={intro}>{title}</StepTitle>
      {notice && (
        <Notice tone="ok" isLive>
          <p>{notice}</p>
        </Notice>
      )}
      {children}
    </div>
  )
}
