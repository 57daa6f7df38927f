import type { Metadata } from 'next'
import Link from 'next/link'
import { requireViewer } from '@/app/_lib/viewer'
import { GrantFacts } from '@/app/_parts/access/grant-facts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { accessLevelWords, granteeWords, grantNotices } from '@/app/_words/access'
import type { GrantLine } from '@/server/access/rules/grants'
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
      {grants.length === 0 ? (
        <Notice title="Personne d’autre que vous">
          <p>Aucun collègue ne voit votre agenda. La recherche de créneaux en tient toujours compte.</p>
        </Notice>
      ) : (
        <ul className="space-y-3">
          {grants.map((grant) => (
            <li key={grant.grantId}>
              <Card className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-6">
                <p>
                  <GrantFacts grant={grant} />
                </p>
                {grant.choices.length > 0 ? <LevelForm grant={grant} /> : <Settled grant={grant} />}
              </Card>
            </li>
          ))}
        </ul>
      )}
      <p className="max-w-prose text-ink-soft">
        Quand plusieurs droits se contredisent, le plus large l’emporte. «&nbsp;Occupé&nbsp;» montre vos heures prises,
        sans personne, motif ni lieu.
      </p>
      <p>
        <Link href="/agent/agendas" prefetch={false} className="link inline-flex min-h-11 items-center">
          Les agendas que je vois
        </Link>
      </p>
    </div>
  )
}

function LevelForm({ grant }: { grant: GrantLine }) {
  const id = `niveau-${grant.grantId}`
  return (
    <form method="post" action="/agent/acces/changer" className="flex flex-col gap-2 sm:flex-row sm:items-center">
      <input type="hidden" name="grantId" value={grant.grantId} />
      <input type="hidden" name="from" value={grant.level} />
      <label htmlFor={id} className="sr-only">
        Niveau d’accès, {granteeWords(grant.grantee)}
      </label>
      <select
        id={id}
        name="to"
        defaultValue={grant.level}
        className="min-h-12 rounded-card border-[1.5px] border-line-strong bg-card px-3 text-ink hover:border-ink"
      >
        {grant.choices.toReversed().map((level) => (
          <option key={level} value={level}>
            {accessLevelWords[level]}
          </option>
        ))}
      </select>
      <Button variant="secondary">Enregistrer</Button>
    </form>
  )
}

/** Of a whole organisation: an agent alone does not change it. */
function Settled({ grant }: { grant: GrantLine }) {
  return (
    <p className="sm:text-right">
      <Tag>{accessLevelWords[grant.level]}</Tag>
      <span className="mt-1 block text-ink-soft">Réglé pour toute l’organisation</span>
    </p>
  )
}
