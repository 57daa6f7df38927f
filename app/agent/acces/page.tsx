import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_lib/viewer'
import { GrantCard } from '@/app/_parts/access/grant-card'
import { ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { grantNotices } from '@/app/_words/access'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Qui voit mon agenda' }

export default async function Page({ searchParams }: { searchParams: Promise<{ avis?: string | string[] }> }) {
  await requireViewer()
  const all = await (await api()).access.listGrantsOnMe()
  // What one may change comes first; the rest is told.
  const grants = [...all].sort((a, b) => Number(b.choices.length > 0) - Number(a.choices.length > 0))
  const { avis } = await searchParams
  const notice = Object.entries(grantNotices).find(([key]) => key === avis)?.[1]
  return (
    <div className="mx-auto max-w-3xl space-y-5">
      <StepTitle intro="Vous avez un seul agenda, quelles que soient vos organisations. Voici qui en voit quoi. Un changement vaut aussitôt, et reste dans l’historique.">
        Qui voit mon agenda
      </StepTitle>
      {notice && (
        <Notice tone={notice.tone} isLive>
          <p>{notice.text}</p>
        </Notice>
      )}
      <ButtonLink href="/agent/acces/donner" variant="secondary" className="w-full sm:w-auto">
        Donner un accès
      </ButtonLink>
      {grants.length === 0 ? (
        <Notice title="Personne d’autre que vous">
          <p>Aucun collègue ne voit votre agenda. La recherche de créneaux en tient toujours compte.</p>
        </Notice>
      ) : (
        <ul className="space-y-3">
          {grants.map((grant) => (
            <li key={grant.grantId}>
              <GrantCard grant={grant} settled="Réglé pour toute l’organisation" />
            </li>
          ))}
        </ul>
      )}
      <p className="max-w-prose text-ink-soft">
        Quand plusieurs droits se contredisent, le plus large l’emporte. «&nbsp;Occupé&nbsp;» montre vos heures prises,
        sans personne, motif ni lieu.
      </p>
      <p className="flex flex-wrap gap-x-6">
        <Link href="/agent/acces/historique" prefetch={false} className="link inline-flex min-h-11 items-center">
          Historique des accès
        </Link>
        <Link href="/agent/agendas" prefetch={false} className="link inline-flex min-h-11 items-center">
          Les agendas que je vois
        </Link>
      </p>
    </div>
  )
}
