import { addDays, dayNumberOf, daysInMonth, diffDays, weekdayOf, type CivilDay } from '@/server/scheduling/rules/civil'
import type { AgentRdv } from './agent-views'

/** Spans one asks for by a word, so that a filter kept is right on any day; `dates`: two days of one's own. */
export const LIST_PERIODS = ['coming', 'today', 'week', 'month', 'past', 'dates'] as const
export type ListPeriod = (typeof LIST_PERIODS)[number]

export const LIST_SORTS = ['start', 'created', 'person', 'motif'] as const
export type ListSort = (typeof LIST_SORTS)[number]
export const LIST_DIRECTIONS = ['asc', 'desc'] as const

export const AUTHORS = ['agent', 'usager', 'prescripteur', 'system'] as const
export type Author = (typeof AUTHORS)[number]

/** Longest span of a list, days: two years of one department are an export too many. */
export const LONGEST_LIST_DAYS = 366
const COMING_DAYS = 90
const PAST_DAYS = 30

export type PeriodFault = 'end-before-start' | 'too-long' | 'not-a-day'
export type Days = { fromDay: CivilDay; toDay: CivilDay }

/** The civil days of a period, both included, as `today` is; `dates` gives back what was typed, when it makes a span. */
export function daysOfPeriod(
  period: ListPeriod,
  today: CivilDay,
  typed: { fromDay: string; toDay: string } = { fromDay: '', toDay: '' },
): { ok: true; days: Days } | { ok: false; fault: PeriodFault } {
  if (period === 'dates') return typedDays(typed)
  return { ok: true, days: namedDays(period, today) }
}

function namedDays(period: Exclude<ListPeriod, 'dates'>, today: CivilDay): Days {
  const monday = addDays(today, 1 - weekdayOf(today))
  switch (period) {
    case 'today':
      return { fromDay: today, toDay: today }
    case 'week':
      return { fromDay: monday, toDay: addDays(monday, 6) }
    case 'month': {
      const last = daysInMonth(Number(today.slice(0, 4)), Number(today.slice(5, 7)))
      return { fromDay: `${today.slice(0, 8)}01`, toDay: `${today.slice(0, 8)}${String(last)}` }
    }
    case 'coming':
      return { fromDay: today, toDay: addDays(today, COMING_DAYS) }
    case 'past':
      return { fromDay: addDays(today, -PAST_DAYS), toDay: addDays(today, -1) }
  }
}

/** A day left out is the other one. */
function typedDays({ fromDay, toDay }: Days): ReturnType<typeof daysOfPeriod> {
  const days = { fromDay: fromDay || toDay, toDay: toDay || fromDay }
  if ([days.fromDay, days.toDay].some((day) => Number.isNaN(dayNumberOf(day)))) return { ok: false, fault: 'not-a-day' }
  if (days.fromDay > days.toDay) return { ok: false, fault: 'end-before-start' }
  return diffDays(days.fromDay, days.toDay) < LONGEST_LIST_DAYS ? { ok: true, days } : { ok: false, fault: 'too-long' }
}

/** An RDV of the list, with how and when it came to be. */
export type ListedRdv = AgentRdv & { createdAt: Date; author: Author }

/**
 * One page of the list; the ids lead to what comes before and after, null at an end. `openUsagerIds`: those of its people
 * whose file the reader may open.
 */
export type RdvListPage = { openUsagerIds: number[] } & RdvPage

/** The same without its people's files: of a page written to a file. */
export type RdvPage = { rdvs: ListedRdv[]; beforeId: number | null; afterId: number | null }

type Choice = { id: number; name: string }
/** What the list may be narrowed to: only what the reader may read anything of. */
export type RdvListChoices = Record<'agents' | 'organisations' | 'motifs' | 'lieux', Choice[]>

/** Filters an agent named; `query` is the address of the list. */
export type SavedFilter = { id: number; name: string; query: Record<string, string>; isDefault: boolean }

export const MAX_SAVED_FILTERS = 20
export const FILTER_REFUSALS = ['name-taken', 'too-many'] as const
export type FilterRefusal = (typeof FILTER_REFUSALS)[number]
