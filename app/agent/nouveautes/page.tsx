import type { Metadata } from 'next'
import Link from 'next/link'
import { capitalise, formatDateTime, isoOf } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { Button } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { newsWords } from '@/app/_words/news'
import type { NewsLine } from '@/server/messaging/rules/my-news'
import { api } from '@/server/api'
import { BrowserNews } from '../_components/browser-news.client'

export const metadata: Metadata = { title: 'Nouveautés' }

/** What happened on one's agenda lately, as one chose to be told of it. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const { zone } = await requireViewer()
  const lines = await (await api()).messaging.listMyNews()
  const isSeen = one((await searchParams).avis) === 'vues'
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <StepTitle intro="Ce qui s’est passé sur votre agenda depuis trente jours, comme vous avez choisi d’en être prévenu.">
        Nouveautés
      </StepTitle>
      {isSeen && <Notice tone="ok" title="Tout est marqué comme vu" isLive />}
      {lines.some(({ isNew }) => isNew) && (
        <form method="post" action="/agent/nouveautes/vues">
          <Button variant="secondary">Tout marquer comme vu</Button>
        </form>
      )}
      {lines.length === 0 ? (
        <Notice title="Rien de nouveau">
          <p>Ce que d’autres changent sur votre agenda s’affichera ici.</p>
        </Notice>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-card">
          {lines.map((line) => (
            <li key={line.id} className="px-4 py-3">
              <News line={line} zone={zone ?? 'Europe/Paris'} />
            </li>
          ))}
        </ul>
      )}
      <BrowserNews />
      <p>
        <Link href="/agent/profil/preferences" className="link inline-flex min-h-11 items-center">
          Choisir ce dont je suis prévenu
        </Link>
      </p>
    </div>
  )
}

function News({ line: { news, rdv, at, isNew }, zone }: { line: NewsLine; zone: string }) {
  return (
    <div className="space-y-0.5">
      <p className="flex flex-wrap items-center justify-between gap-2">
        <span className={isNew ? 'font-bold' : ''}>{newsWords[news]}</span>
        {isNew && <Tag tone="info">Nouveau</Tag>}
      </p>
      {rdv && (
        <p>
          <Link href={`/agent/rdvs/${rdv.rdvId}`} prefetch={false} className="link inline-flex min-h-11 items-center">
            {`${rdv.motifName}, ${formatDateTime(rdv.startAt, rdv.zone)}`}
          </Link>
        </p>
      )}
      <p className="text-ink-soft">
        <time dateTime={isoOf(at)}>{capitalise(formatDateTime(at, zone))}</time>
      </p>
    </div>
  )
}
