import { formatDateTime, formatDuration, isoOf } from '@/app/_lib/dates'
import { authorWords, eventWords, historyStatusWords } from '@/app/_words/agent'
import type { AgentRdv, RdvHistoryLine } from '@/server/booking/rules/agent-views'
import { Section } from '@/app/_ui/section'

/** Who did what, when, from what to what; newest first. */
export function History({ lines, rdv }: { lines: readonly RdvHistoryLine[]; rdv: AgentRdv }) {
  return (
    <Section title="Historique">
      {lines.length === 0 ? (
        <p className="text-ink-soft">Rien n’a encore été noté.</p>
      ) : (
        <ol className="space-y-3 border-l-2 border-line pl-4">
          {lines.map((line) => (
            <li key={`${line.at.getTime()}-${line.kind}-${line.field ?? ''}-${line.to ?? ''}`}>
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
  const words = from !== null && to !== null && movedWords(line.field, from, to, rdv.zone)
  if (words) return words
  const [before, after] = [historyStatusWords(from, rdv), historyStatusWords(to, rdv)]
  return before && after ? `${before} → ${after}` : eventWords(line.kind)
}

/** What an RDV was before it moved, and after; null for any other change. */
function movedWords(field: string | null, from: string, to: string, zone: string): string | null {
  if (field === 'startsAt') {
    return `Déplacé du ${formatDateTime(new Date(from), zone)} au ${formatDateTime(new Date(to), zone)}`
  }
  if (field === 'durationMin') return `Durée\u00a0: ${formatDuration(Number(from))} → ${formatDuration(Number(to))}`
  if (field === 'lieuId') return `Lieu\u00a0: ${from} → ${to}`
  return field === 'agentIds' ? `Agents\u00a0: ${from} → ${to}` : null
}
