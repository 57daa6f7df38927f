import type { Metadata } from 'next'
import Link from 'next/link'
import { formatDateTime } from '@/app/_lib/dates'
import { one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { ButtonLink } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { exportFormatWords, exportRefusalWords, exportStateWords, RIGHTS_CHANGED } from '@/app/_words/exports'
import { api } from '@/server/api'
import { isPending } from '@/server/booking/rules/exports'
import { Refresh } from './_components/refresh.client'

export const metadata: Metadata = { title: 'Mes exports' }

/** The agent's own files: those being prepared, with how far they are, and those ready for a day. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  const viewer = await requireViewer()
  const search = await searchParams
  const exports = await (await api()).lists.listExports()
  const zone = viewer.zone ?? 'Europe/Paris'
  const avis = one(search.avis)
  const refusal =
    avis === 'droits' ? RIGHTS_CHANGED : Object.entries(exportRefusalWords).find(([reason]) => reason === avis)?.[1]
  const isWaiting = exports.some(isPending)
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <BackLink href="/agent/rdvs">Liste des RDV</BackLink>
      <StepTitle intro="Chaque fichier tient ce que vous pouviez lire quand il a été écrit. Il s’efface après 24 heures.">
        Mes exports
      </StepTitle>
      {refusal && (
        <Notice tone="warn" isLive>
          <p>{refusal}</p>
        </Notice>
      )}
      {exports.length === 0 && (
        <Notice title="Aucun export">
          <p>Demandez-en un depuis la liste des RDV, une fois les filtres choisis.</p>
        </Notice>
      )}
      {isWaiting && (
        <p>
          <Link
            href="/agent/rdvs/exports"
            prefetch={false}
            className="link inline-flex min-h-11 items-center font-semibold"
          >
            Actualiser
          </Link>
          <Refresh />
        </p>
      )}
      <ul className="grid gap-2" aria-label="Exports">
        {exports.map((one) => (
          <li key={one.id}>
            <Card className="space-y-2">
              <p className="font-bold">{exportFormatWords[one.format]}</p>
              <p className="text-ink-soft">Demandé {formatDateTime(one.createdAt, zone)}</p>
              <p role={isPending(one) ? 'status' : undefined}>{exportStateWords(one)}</p>
              {one.state === 'running' && one.totalCount !== null && one.totalCount > 0 && (
                <progress
                  aria-label="Avancement"
                  value={one.doneCount}
                  max={one.totalCount}
                  className="h-3 w-full accent-accent"
                />
              )}
              {one.state === 'done' && (
                <ButtonLink href={`/agent/rdvs/exports/${one.id}/fichier`} variant="secondary">
                  Télécharger le fichier
                </ButtonLink>
              )}
            </Card>
          </li>
        ))}
      </ul>
    </div>
  )
}
