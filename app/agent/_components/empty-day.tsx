import Link from 'next/link'
import { formatDay, formatTime } from '@/app/_lib/dates'
import { Icon } from '@/app/_ui/icon'
import type { AgentRdv } from '@/server/booking/rules/agent-views'

/** Nothing that day: says so plainly, and where the next one is. */
export function EmptyDay({ isToday, next }: { isToday: boolean; next: AgentRdv | null }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-dashed border-line-strong px-4 py-10 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon name="calendar" className="size-7" />
      </span>
      <p className="text-lg font-bold">{isToday ? 'Aucun RDV aujourd’hui' : 'Aucun RDV ce jour-là'}</p>
      {next ? (
        <p className="text-ink-soft">
          Le prochain de la semaine :{' '}
          <Link
            href={`/agent?jour=${next.onDay}`}
            prefetch={false}
            className="link inline-flex min-h-11 items-center font-semibold"
          >
            {formatDay(next.onDay)} à {formatTime(next.startAt, next.zone)}
          </Link>
        </p>
      ) : (
        <p className="text-ink-soft">Plus rien de prévu cette semaine.</p>
      )}
    </div>
  )
}
