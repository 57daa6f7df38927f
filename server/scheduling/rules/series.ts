import { type CivilDay, addDays, civilDayOf, dayNumberOf } from './civil'
import {
  type OccurrenceException,
  type Series,
  formatRecurrence,
  occurrenceDays,
  occurrencesOf,
  parseRecurrence,
} from './recurrence'

/** How many openings, or absences, of an agent a list holds at most; it says so when it ends there. */
export const SERIES_LISTED = 300

/** What of a series a change is about: one occurrence, it and those after, or every one. */
export const SERIES_SCOPES = ['this', 'following', 'all'] as const
export type SeriesScope = (typeof SERIES_SCOPES)[number]

/** A series and the hours of each of its occurrences, minutes of the day. */
export type TimedSeries = Series & { readonly startMin: number; readonly endMin: number }

/** What becomes of a row: kept as it was (`undefined` fields), changed or taken away (null), and the row begun beside it. */
export type SeriesPlan<S> = { readonly row: S | null; readonly begun: S | null }

const recurrenceOf = ({ rrule }: Series) => {
  if (rrule === null) return null
  const parsed = parseRecurrence(rrule)
  return parsed.ok ? parsed.value : null
}

/** Whether the rule falls on this day, whatever the exceptions say. */
export function fallsOn(series: Series, day: CivilDay): boolean {
  const number = dayNumberOf(day)
  return occurrenceDays(recurrenceOf(series), dayNumberOf(series.firstDay), number, number + 1).length > 0
}

/** Whether a change of one date names none of those the series has: whatever became of the date, its rule falls there. */
export const isOfNoDate = (series: Series, { scope, day }: { scope: SeriesScope; day: CivilDay }): boolean =>
  scope === 'this' && series.rrule !== null && !fallsOn(series, day)

/** The last day the rule may fall on; null when it never ends. */
export function lastDayOf(series: Pick<Series, 'firstDay' | 'rrule'>): CivilDay | null {
  const recurrence = recurrenceOf({ ...series, exceptions: [] })
  return recurrence === null ? series.firstDay : recurrence.until
}

export type RepeatFault = 'bad-rule' | 'until-before-first' | 'first-day-not-in-rule'

/** What is wrong with a rule that begins on a day; null when nothing is. */
export function whyNotRepeat(firstDay: CivilDay, rrule: string | null): RepeatFault | null {
  if (rrule === null) return null
  if (!parseRecurrence(rrule).ok) return 'bad-rule'
  const lastDay = lastDayOf({ firstDay, rrule })
  if (lastDay !== null && lastDay < firstDay) return 'until-before-first'
  return fallsOn({ firstDay, rrule, exceptions: [] }, firstDay) ? null : 'first-day-not-in-rule'
}

/** Those that still speak of an occurrence of the rule. */
const stillMeant = (series: Series, exceptions: readonly OccurrenceException[]): OccurrenceException[] =>
  exceptions.filter(({ onDay }) => fallsOn(series, onDay))

/**
 * A repeating series cut the day before `day`, and what of it falls from `day` on, which keeps its weeks or months.
 * A moved occurrence goes where it was first meant to be. Null where nothing is left.
 */
export function cutSeries<S extends Series>(series: S, day: CivilDay): { before: S | null; after: S | null } {
  const recurrence = recurrenceOf(series)
  if (recurrence === null)
    return series.firstDay < day ? { before: series, after: null } : { before: null, after: series }
  const [first, cut] = [dayNumberOf(series.firstDay), dayNumberOf(day)]
  const eve = civilDayOf(cut - 1)
  const until = recurrence.until !== null && recurrence.until < eve ? recurrence.until : eve
  const isBegun = first < cut && occurrenceDays(recurrence, first, first, cut).length > 0
  const before = isBegun
    ? {
        ...series,
        rrule: formatRecurrence({ ...recurrence, until }),
        exceptions: series.exceptions.filter(({ onDay }) => onDay < day),
      }
    : null
  const start = firstFrom(series, day)
  const after =
    start === null
      ? null
      : { ...series, firstDay: start, exceptions: series.exceptions.filter(({ onDay }) => onDay >= day) }
  return { before, after }
}

/** Further than any gap between two occurrences (99 months), so that a search ends. */
const LONGEST_GAP_DAYS = 99 * 31 + 400

/** First day from `day` on that the rule falls on; null when it is over. */
function firstFrom(series: Series, day: CivilDay): CivilDay | null {
  const first = dayNumberOf(series.firstDay)
  const from = Math.max(first, dayNumberOf(day))
  const [found] = occurrenceDays(recurrenceOf(series), first, from, from + LONGEST_GAP_DAYS)
  return found === undefined ? null : civilDayOf(found)
}

/** `given` null takes away: one occurrence, it and those after, or all. What does not repeat is changed whole. */
export function planChange<S extends TimedSeries>(
  series: S,
  { scope, day, given }: { scope: SeriesScope; day: CivilDay; given: Omit<S, 'exceptions'> | null },
): SeriesPlan<S> {
  if (series.rrule !== null && scope === 'this') return { row: except(series, day, given), begun: null }
  const { before, after } = series.rrule !== null && scope === 'following' ? cutSeries(series, day) : NOTHING_BEFORE
  const exceptions = after?.exceptions ?? (before ? [] : series.exceptions)
  // What was typed is of that very day: where it stood before is said no more.
  const kept = scope === 'following' ? exceptions.filter(({ onDay }) => onDay !== day) : exceptions
  const changed = given && whole<S>(given, kept)
  return before ? { row: before, begun: changed } : { row: changed, begun: null }
}

const NOTHING_BEFORE = { before: null, after: null }

function whole<S extends TimedSeries>(given: Omit<S, 'exceptions'>, exceptions: readonly OccurrenceException[]): S {
  const bare = { ...given, exceptions: NO_EXCEPTIONS } as unknown as S
  return { ...bare, exceptions: stillMeant(bare, exceptions) }
}

const NO_EXCEPTIONS: readonly OccurrenceException[] = []

/**
 * The days, from `fromDay` on, that a series had taken away or moved, and that what becomes of it knows nothing of: its
 * new rule falls on others, which nobody took away. Not the date a change was asked from: that one is as given.
 */
export function lostDays<S extends TimedSeries>(
  series: S,
  { scope, day }: { scope: SeriesScope; day: CivilDay },
  { row, begun }: SeriesPlan<S>,
  fromDay: CivilDay,
): CivilDay[] {
  const changed = begun ?? row
  if (scope === 'this' || changed?.rrule == null) return []
  const until = lastDayOf(changed)
  const kept = [row, begun].flatMap((one) => one?.exceptions.map(({ onDay }) => onDay) ?? [])
  return series.exceptions
    .map(({ onDay }) => onDay)
    .filter((onDay) => onDay >= fromDay && (until === null || onDay <= until))
    .filter((onDay) => !kept.includes(onDay) && !(scope === 'following' && onDay === day))
    .sort()
}

/** One occurrence as given; as the rule has it, it is an exception no more. */
function except<S extends TimedSeries>(series: S, onDay: CivilDay, given: Omit<S, 'exceptions'> | null): S {
  const others = series.exceptions.filter((exception) => exception.onDay !== onDay)
  const isByRule = given?.firstDay === onDay && given.startMin === series.startMin && given.endMin === series.endMin
  if (isByRule) return { ...series, exceptions: others }
  const exception: OccurrenceException = given
    ? { onDay, kind: 'moved', toDay: given.firstDay, startMin: given.startMin, endMin: given.endMin }
    : { onDay, kind: 'cancelled' }
  return { ...series, exceptions: [...others, exception] }
}

/** One day of a series as it stands: `onDay` is where its rule has it, `toDay` where it is. */
export type Occurrence = { onDay: CivilDay; toDay: CivilDay; startMin: number; endMin: number; isMoved: boolean }

/** The occurrences on the civil days [fromDay, toDay), in order. None of a rule that can't be read. */
export function occurrencesBetween(series: TimedSeries, fromDay: CivilDay, toDay: CivilDay): Occurrence[] {
  const found = occurrencesOf(series, dayNumberOf(fromDay), dayNumberOf(toDay))
  if (!found.ok) return []
  const { startMin, endMin } = series
  const plain = found.value.days.map((number) => {
    const onDay = civilDayOf(number)
    return { onDay, toDay: onDay, startMin, endMin, isMoved: false }
  })
  const moved = found.value.moved.map((one) => ({
    onDay: one.onDay,
    toDay: one.toDay,
    startMin: one.startMin,
    endMin: one.endMin,
    isMoved: true,
  }))
  return [...plain, ...moved].sort((a, b) =>
    a.toDay === b.toDay ? a.startMin - b.startMin : a.toDay < b.toDay ? -1 : 1,
  )
}

/** The next `count` occurrences from a day on, at most; a series with long gaps is looked at over as many as they need. */
export function nextOccurrences(series: TimedSeries, fromDay: CivilDay, count: number): Occurrence[] {
  const from = fromDay < series.firstDay && series.exceptions.length === 0 ? series.firstDay : fromDay
  for (let days = 92; ; days *= 4) {
    const found = occurrencesBetween(series, from, addDays(from, days))
    if (found.length >= count || days > LONGEST_LOOK_DAYS) return found.slice(0, count)
  }
}

const LONGEST_LOOK_DAYS = 10_000
