import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { Section } from '@/app/_ui/section'
import { authorWords } from '@/app/_words/agent'
import { fileAuthorWords, fileHistoryWords } from '@/app/_words/usager'
import type { UsagerHistoryLine } from '@/server/people/rules/usager-sheet'

/** Who changed what of the file, newest first: which field, never its value. */
export function FileHistory({ lines, zone }: { lines: readonly UsagerHistoryLine[]; zone: string }) {
  return (
    <Section title="Historique">
      {lines.length === 0 ? (
        <p className="text-ink-soft">Rien n’a encore été noté.</p>
      ) : (
        <ol className="space-y-3 border-l-2 border-line pl-4">
          {lines.map((line) => (
            <li key={`${line.at.getTime()}-${line.kind}-${line.field ?? ''}`}>
              <p className="font-semibold">{fileHistoryWords(line)}</p>
              <p className="text-ink-soft">
                {fileAuthorWords(line.author) ?? authorWords(line.author)},{' '}
                <time dateTime={isoOf(line.at)}>{formatDateTime(line.at, zone, { withYear: true })}</time>
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
