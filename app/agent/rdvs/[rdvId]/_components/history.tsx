import { formatDateTime, formatDuration } from '@/app/_lib/dates'
import { HistoryLines } from '@/app/_parts/history-lines'
import { authorWords, eventWords, historyStatusWords } from '@/app/_words/agent'
import type { AgentRdv, RdvHistoryLine } from '@/server/booking/rules/agent-views'

/** Who did what, from what to what. */
export function History({ lines, rdv }: { lines: readonly RdvHistoryLine[]; rdv: AgentRdv }) {
  const told = lines.map((line) => ({
    key: `${line.at.getTime()}-${line.kind}-${line.field ?? ''}-${line.to ?? ''}`,
    words: changeWords(line, rdv),
    author: authorWords(line.author),
    at: line.at,
  }))
  return <HistoryLines lines={told} zone={rdv.zone} />
}

function changeWords(line: RdvHistoryLine, rdv: AgentRdv): string {
  if (line.field === 'title') return `Intitulé\u00a0: ${quoted(line.from)} → ${quoted(line.to)}`
  const [from, to] = [line.from, line.to]
  const words = from !== null && to !== null && movedWords(line.field, from, to, rdv.zone)
  if (words) return words
  const [before, after] = [historyStatusWords(from, rdv), historyStatusWords(to, rdv)]
  return before && after ? `${before} → ${after}` : eventWords(line.kind)
}

const quoted = (title: string | null): string => (title === null ? 'aucun' : `«\u00a0${title}\u00a0»`)

/** What an RDV was before it moved, and after; null for any other change. */
function movedWords(field: string | null, from: string, to: string, zone: string): string | null {
  if (field === 'startsAt') {
    return `Déplacé du ${formatDateTime(new Date(from), zone)} au ${formatDateTime(new Date(to), zone)}`
  }
  if (field === 'durationMin') return `Durée\u00a0: ${formatDuration(Number(from))} → ${formatDuration(Number(to))}`
  if (field === 'lieuId') return `Lieu\u00a0: ${from} → ${to}`
  return field === 'agentIds' ? `Agents\u00a0: ${from} → ${to}` : null
}
