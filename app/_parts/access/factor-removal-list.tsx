import { capitalise, formatDateTime, isoOf } from '@/app/_lib/dates'
import type { FactorRemoval } from '@/server/access/rules/second-factor'

/** When the support took a second factor away, who, and why. The latest first. */
export function FactorRemovalList({ lines, zone }: { lines: readonly FactorRemoval[]; zone: string }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-card">
      {lines.map((line) => (
        <li key={line.eventId} className="space-y-1 px-4 py-3 sm:px-5">
          <p className="font-bold">
            <time dateTime={isoOf(line.at)}>{capitalise(formatDateTime(line.at, zone, { withYear: true }))}</time>, par{' '}
            {line.by}
          </p>
          {line.reason && <p className="break-words">« {line.reason} »</p>}
        </li>
      ))}
    </ul>
  )
}
