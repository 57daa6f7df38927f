import { capitalise, formatDay } from '@/app/_lib/dates'
import { readDay } from '@/app/_parts/booking/agent/days'
import { ButtonLink } from '@/app/_ui/button'
import { LinkCard } from '@/app/_ui/card'
import { scopeKeys, scopeWords } from '@/app/_words/recurrence'
import {
  fallsOn,
  nextOccurrences,
  SERIES_SCOPES,
  type Occurrence,
  type SeriesScope,
  type TimedSeries,
} from '@/server/scheduling/rules/series'

const SHOWN = 10

export type SeriesSearch = { jour?: string | string[]; portee?: string | string[] }

/** Which dates of a series the address is about: the day its rule has one on, and the scope; what makes no sense is none. */
export function seriesAsked(
  series: TimedSeries,
  search: SeriesSearch,
): { day: string | null; scope: SeriesScope | null } {
  const asked = readDay(search.jour)
  const day = asked !== null && fallsOn(series, asked) ? asked : null
  if (series.rrule === null) return { day, scope: 'all' }
  const scope = SERIES_SCOPES.find((one) => scopeKeys[one] === search.portee) ?? null
  return { day, scope: scope !== 'all' && day === null ? null : scope }
}

/** What of a series is meant, asked before anything changes: a date, then how far. */
export function SeriesChoice(asked: {
  series: TimedSeries
  href: string
  day: string | null
  today: string
  hoursWords: (occurrence: Occurrence) => string
}) {
  return asked.day === null ? <Dates {...asked} /> : <Scopes href={asked.href} day={asked.day} />
}

type DatesProps = Pick<Parameters<typeof SeriesChoice>[0], 'series' | 'href' | 'today' | 'hoursWords'>

/** The next dates, each a way to change it; and the way to change them all. */
function Dates({ series, href, today, hoursWords }: DatesProps) {
  const next = nextOccurrences(series, today, SHOWN)
  const cancelled = series.exceptions.filter(({ kind, onDay }) => kind === 'cancelled' && onDay >= today)
  return (
    <>
      <ButtonLink href={`${href}?portee=${scopeKeys.all}`} className="w-full sm:w-auto">
        Changer toutes les dates
      </ButtonLink>
      <section className="space-y-3" aria-labelledby="prochaines">
        <h2 id="prochaines" className="text-xl">
          Changer une date
        </h2>
        {next.length === 0 && <p>Aucune date à venir.</p>}
        <ul className="grid gap-2 sm:grid-cols-2">
          {next.map((occurrence) => (
            <li key={occurrence.onDay}>
              <LinkCard
                href={`${href}?jour=${occurrence.onDay}`}
                title={capitalise(formatDay(occurrence.toDay, { withYear: true }))}
              >
                <span className="block">{hoursWords(occurrence)}</span>
                {occurrence.isMoved && <span className="block">Au lieu du {formatDay(occurrence.onDay)}</span>}
              </LinkCard>
            </li>
          ))}
        </ul>
        {cancelled.length > 0 && (
          <>
            <h3 className="text-lg">Dates supprimées</h3>
            <ul className="flex flex-wrap gap-x-6">
              {cancelled.map(({ onDay }) => (
                <li key={onDay}>
                  <a
                    href={`${href}?jour=${onDay}&portee=${scopeKeys.this}`}
                    className="link inline-flex min-h-11 items-center"
                  >
                    Remettre le {formatDay(onDay, { withYear: true })}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </>
  )
}

function Scopes({ href, day }: { href: string; day: string }) {
  return (
    <section className="space-y-3" aria-labelledby="portee">
      <h2 id="portee" className="text-xl">
        Changer ou supprimer le {formatDay(day, { withYear: true })}&nbsp;?
      </h2>
      <ul className="grid gap-2">
        {SERIES_SCOPES.map((scope) => (
          <li key={scope}>
            <LinkCard href={`${href}?jour=${day}&portee=${scopeKeys[scope]}`} title={scopeWords[scope]} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whether this one date was taken away: saved, it is put back. */
export const isTakenAway = (series: TimedSeries, scope: SeriesScope, day: string): boolean =>
  scope === 'this' && series.exceptions.some(({ kind, onDay }) => kind === 'cancelled' && onDay === day)

/** Which dates the form below is about. */
export const ScopeTitle = ({ series, scope, day }: { series: TimedSeries; scope: SeriesScope; day: string }) => (
  <div>
    <p className="text-lg font-bold">
      {scopeWords[scope]}
      {scope !== 'all' && `\u00a0: ${formatDay(day, { withYear: true })}`}
    </p>
    {isTakenAway(series, scope, day) && <p>Cette date est supprimée&nbsp;: enregistrez pour la remettre.</p>}
  </div>
)
