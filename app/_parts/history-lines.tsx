import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { Section } from '@/app/_ui/section'

type Line = { key: string; words: string; author: string; at: Date }

/** What was done, by whom, when; newest first. */
export function HistoryLines({ lines, zone }: { lines: readonly Line[]; zone: string }) {
  return (
    <Section title="Historique">
      {lines.length === 0 ? (
        <p className="text-ink-soft">Rien n’a encore été noté.</p>
      ) : (
        <ol className="space-y-3 border-l-2 border-line pl-4">
          {lines.map(({ key, words, author, at }) => (
            <li key={key}>
              <p className="font-semibold">{words}</p>
              <p className="text-ink-soft">
                {author}, <time dateTime={isoOf(at)}>{formatDateTime(at, zone, { withYear: true })}</time>
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
