import { capitalise, formatDateTime, formatTime, isoOf } from '@/app/_lib/dates'
import type { ImpersonationLine } from '@/server/access/rules/impersonation'

/** Who stood in an agent's place, when, why, and whether they could write. The latest first. */
export function ImpersonationList({ lines, zone }: { lines: readonly ImpersonationLine[]; zone: string }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-card">
      {lines.map((line) => (
        <li key={line.impersonationId} className="space-y-1 px-4 py-3 sm:px-5">
          <p className="font-bold">
            <time dateTime={isoOf(line.startedAt)}>
              {capitalise(formatDateTime(line.startedAt, zone, { withYear: true }))}
            </time>
            , par {line.by}
          </p>
          <p className="break-words">« {line.reason} »</p>
          <p className="text-ink-soft">
            {line.isOver ? `Terminé à\u00a0${formatTime(line.endsAt, zone)}` : 'En ce moment'},{' '}
            {line.writesSince ? `écriture activée à\u00a0${formatTime(line.writesSince, zone)}` : 'en lecture seule'}
          </p>
        </li>
      ))}
    </ul>
  )
}
