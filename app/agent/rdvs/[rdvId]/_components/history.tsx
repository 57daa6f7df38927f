import { formatDateTime, isoOf } from '@/app/_lib/dates'
import { authorWords, eventWords, historyStatusWords } from '@/app/_words/agent'
import type { AgentRdv, RdvHistoryLine } from '@/server/booking/rules/agent-views'
import { Section } from './fact'

/** Who did what, when, from what to what; newest first. */
export function History({ lines, rdv }: { lines: readonly RdvHistoryLine[]; rdv: AgentRdv }) {
  return (
    <Section title="Historique">
      {lines.length === 0 ? (
        <p className="text-ink-soft">Rien n’a encore été noté.</p>
      ) : (
        <ol className="space-y-3 border-l-2 border-line pl-4">
          {lines.map((line) => (
            <li key={`${line.at.getTime()}-${line.kind}-${line.to ?? ''}`}>
              <p className="font-semibold">{changeWords(line, rdv)}</p>
              <p className="text-ink-soft">
                {authorWords(line.author)}, <time dateTime={isoOf(line.at)}>{formatDateTime(line.at, rdv.zone)}</time>
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function changeWords(line: RdvHistoryLine, rdv: AgentRdv): string {
  const [from, to] = [line.from, line.to]
  if (line.kind === 'rdv.moved' && from && to) {
    return `Déplacé du ${formatDateTime(new Date(from), rdv.zone)} au ${formatDateTime(new Date(to), rdv.zone)}`
  }
  const [before, after] = [historyStatusWords(from, rdv), historyStatusWords(to, rdv)]
  return before && after ? `${before} → ${after}` : eventWords(line.kind)
}
