import type { Metadata } from 'next'
import { one, pageIn, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { AnswerNotice } from '@/app/_ui/answer-notice'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { StepTitle } from '@/app/_ui/step-title'
import { locationShortWords } from '@/app/_words/agent'
import { listedWaitNotices } from '@/app/_words/waitlist'
import { api } from '@/server/api'
import type { ListedWait } from '@/server/booking/rules/waitlist'
import { WaitLine } from './_components/wait-line'

export const metadata: Metadata = { title: 'File d’attente' }

/** Who waits for a slot, by motif and place, in turn. */
export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const page = pageIn(search.page)
  const { waits, hasNext } = await (await api()).waitlist.listWaits({ page })
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <StepTitle intro="Un créneau qui se libère est proposé par message à une personne à la fois, dans l’ordre de la liste. Une personne attend depuis la page de son RDV, ou en laissant ses coordonnées quand aucun créneau n’est libre en ligne.">
        File d’attente
      </StepTitle>
      <AnswerNotice answers={listedWaitNotices} avis={one(search.avis)} />
      {waits.length === 0 && page === 1 && (
        <Notice title="Personne n’attend">
          <p>
            Pour qu’une personne attende un créneau plus tôt, ouvrez son RDV, puis «{'\u00a0'}Mettre sur la file
            d’attente{'\u00a0'}».
          </p>
        </Notice>
      )}
      {groupsOf(waits).map(([first, group]) => (
        <section key={`${first.motifId}-${first.lieuId}`} aria-labelledby={`attente-${first.entryId}`}>
          <h2 id={`attente-${first.entryId}`} className="text-xl">
            {first.motifName}
          </h2>
          <p className="text-ink-soft">
            {[...new Set([first.placeName ?? locationShortWords[first.locationType], first.organisationName])].join(
              ' · ',
            )}
          </p>
          <ol className="mt-2 divide-y divide-line rounded-card border border-line bg-card">
            {group.map((wait) => (
              <WaitLine key={wait.entryId} wait={wait} />
            ))}
          </ol>
        </section>
      ))}
      <Pagination
        label="Autres personnes"
        previous={page > 1 ? { href: `/agent/attente?page=${page - 1}`, words: 'Précédentes' } : null}
        next={hasNext ? { href: `/agent/attente?page=${page + 1}`, words: 'Suivantes' } : null}
      />
    </div>
  )
}

/** Those who wait for the same, as they come: one motif at one place. */
function groupsOf(waits: readonly ListedWait[]): (readonly [ListedWait, ListedWait[]])[] {
  const groups = new Map<string, [ListedWait, ListedWait[]]>()
  for (const wait of waits) {
    const key = `${wait.motifId}-${wait.lieuId}`
    const group = groups.get(key)
    if (group) group[1].push(wait)
    else groups.set(key, [wait, [wait]])
  }
  return [...groups.values()]
}
