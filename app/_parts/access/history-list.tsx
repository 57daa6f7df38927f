import { capitalise, formatDateTime, isoOf } from '@/app/_lib/dates'
import { withQuery } from '@/app/_lib/save-route'
import { Notice } from '@/app/_ui/notice'
import { Pagination } from '@/app/_ui/pagination'
import { historyWords } from '@/app/_words/history'
import type { HistoryLine } from '@/server/access/rules/history'

type Props = { history: { zone: string; lines: readonly HistoryLine[]; hasMore: boolean }; path: string }

/** Who changed what, and when, the newest first. */
export function HistoryList({ history: { zone, lines, hasMore }, path }: Props) {
  const last = lines.at(-1)
  if (!last) {
    return (
      <Notice title="Aucun changement">
        <p>Les changements de droits et d’équipes se liront ici.</p>
      </Notice>
    )
  }
  return (
    <>
      <ol className="divide-y divide-line rounded-card border border-line bg-card">
        {lines.map((line) => (
          <li key={line.eventId} className="px-4 py-3 sm:px-5">
            <p className="font-semibold break-words">{historyWords(line)}</p>
            <p className="text-ink-soft">
              <time dateTime={isoOf(line.at)}>{capitalise(formatDateTime(line.at, zone, { withYear: true }))}</time>
              {line.isSupport && ', par le support'}
              {line.by && `, par ${line.isImpersonated ? `le support à la place de ${line.by}` : line.by}`}
            </p>
          </li>
        ))}
      </ol>
      <Pagination
        label="Pages de l’historique"
        previous={null}
        next={hasMore ? { href: withQuery(path, { avant: String(last.eventId) }), words: 'Plus anciens' } : null}
      />
    </>
  )
}
