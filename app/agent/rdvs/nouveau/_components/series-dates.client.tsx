'use client'

import { capitalise, formatDateTime } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { CHOICE } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { warningWords } from '@/app/_words/placing'
import { holidayWords } from '@/app/_words/recurrence'
import { isOfItsDate, MAX_SERIES, type SeriesDate, type SeriesJudgement } from '@/server/booking/rules/rdv-series'

type Props = {
  series: SeriesJudgement
  /** By the instant of their start: the dates left out. */
  unticked: ReadonlySet<number>
  onUntick: (unticked: ReadonlySet<number>) => void
  names: Parameters<typeof warningWords>[1]
}

/** Something to know of this date, that is not to be known of the person at every one. */
const isFlagged = ({ holiday, warnings }: SeriesDate) => holiday !== null || warnings.some(isOfItsDate)

/** Every date of the series, with what there is to know of it; each can be left out. */
export function SeriesDates({ series, unticked, onUntick, names }: Props) {
  const { dates, isCut } = series
  const isTicked = ({ startAt }: SeriesDate) => !unticked.has(startAt.getTime())
  const ticked = dates.filter(isTicked)
  const flagged = ticked.filter(isFlagged).map(({ startAt }) => startAt.getTime())
  const toggle = (ms: number, isIn: boolean) =>
    onUntick(new Set(isIn ? [...unticked].filter((one) => one !== ms) : [...unticked, ms]))
  return (
    <fieldset className="space-y-3">
      <legend className="font-bold">Dates</legend>
      <p aria-live="polite" className="text-ink-soft">
        {ticked.length}
        {'\u00a0'}date{ticked.length > 1 ? 's' : ''} sur {dates.length}
        {isCut && ` (au plus ${MAX_SERIES}\u00a0à la fois\u00a0: les suivantes ne sont pas placées)`}
      </p>
      {flagged.length > 0 && (
        <Button type="button" variant="secondary" onClick={() => onUntick(new Set([...unticked, ...flagged]))}>
          {flagged.length > 1 ? `Décocher les ${flagged.length}\u00a0dates signalées` : 'Décocher la date signalée'}
        </Button>
      )}
      <ul className="grid gap-2">
        {dates.map((date) => (
          <li key={date.startAt.getTime()}>
            <label className={CHOICE}>
              <input
                type="checkbox"
                checked={isTicked(date)}
                onChange={({ target }) => toggle(date.startAt.getTime(), target.checked)}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              <span className="min-w-0 space-y-1">
                <span className="font-semibold">
                  {capitalise(formatDateTime(date.startAt, series.zone, { withYear: true }))}
                </span>
                <Flags date={date} names={names} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Flags({ date, names }: { date: SeriesDate; names: Props['names'] }) {
  const words = [
    ...(date.holiday ? [`Jour férié\u00a0: ${holidayWords[date.holiday]}.`] : []),
    ...date.warnings.filter(isOfItsDate).map((warning) => warningWords(warning, names)),
  ]
  return words.map((sentence) => (
    <span key={sentence} className="flex items-start gap-2 text-warn">
      <Icon name="warning" className="mt-0.5 shrink-0" />
      {sentence}
    </span>
  ))
}
