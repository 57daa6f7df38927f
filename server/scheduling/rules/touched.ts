import { type CivilDay, addDays, diffDays } from './civil'
import type { Series } from './recurrence'
import { cutSeries, nextOccurrences, type SeriesPlan, type SeriesScope, type TimedSeries } from './series'

/** A change of a series: the row as it was (null for a new one), and what becomes of it. */
export type SeriesChange<S> = SeriesPlan<S> & {
  readonly seen: S | null
  readonly scope: SeriesScope
  readonly day: CivilDay | null
}
type Rows = Readonly<Record<'seen' | 'row' | 'begun', Series | null>>

/** One date of a series, alone, wherever it was moved. */
const dateOf = (series: Series, onDay: CivilDay): Series => ({
  ...{ firstDay: onDay, rrule: null, exceptions: series.exceptions.filter((exception) => exception.onDay === onDay) },
})

/** The dates a change is about, as they were and as they become: of what it leaves as it was, none. */
function touchedRows({ seen, row, begun, scope, day }: SeriesChange<Series>): Rows {
  if (!seen || scope === 'all' || day === null || seen.rrule === null) return { seen, row, begun }
  if (scope === 'this') return { seen: dateOf(seen, day), row: row && dateOf(row, day), begun }
  const { before, after } = cutSeries(seen, day)
  return { seen: after, row: before ? null : row, begun }
}

/**
 * In how many days, from `today` on, what a change touches first takes place, before the change or after it: 0 for today, and
 * for what has begun and lasts (`lastingDays` beyond its first day). Null when all of it is past. Public holidays count as
 * other days.
 */
export function nextTouchedInDays<S extends TimedSeries>(
  change: SeriesChange<S>,
  today: CivilDay,
  lastingDays: (series: S) => number = () => 0,
): number | null {
  const touched = touchedRows(change)
  const inDays = (['seen', 'row', 'begun'] as const).flatMap((which) => {
    const [whole, dates] = [change[which], touched[which]]
    if (!whole || !dates) return []
    const [next] = nextOccurrences({ ...whole, ...dates }, addDays(today, -lastingDays(whole)), 1)
    return next ? [Math.max(0, diffDays(today, next.toDay))] : []
  })
  return inDays.length > 0 ? Math.min(...inDays) : null
}
