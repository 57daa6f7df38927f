'use client'

import { capitalise, formatDay } from '@/app/_lib/dates'
import { fieldId } from '@/app/_ui/field'
import { holidayWords, nthWords, recurrenceWords, WEEKDAY_WORDS } from '@/app/_words/recurrence'
import { weekdayOf } from '@/server/scheduling/rules/civil'
import { holidayOn } from '@/server/scheduling/rules/opening'
import { nextOccurrences, whyNotRepeat } from '@/server/scheduling/rules/series'
import { INPUT } from './clock'
import { isLastOfMonth, nthOf, rruleOf, type Repeat } from './repeat'

const KINDS = { never: 'Ne se répète pas', weekly: 'Chaque semaine', monthly: 'Chaque mois' } as const
const MAX_INTERVAL = 12
const SHOWN = 10

/** How often, on which days and until when; reads its rule back, and shows the next ten dates. */
export function RecurrenceEditor({
  firstDay,
  value,
  onChange,
  department,
  isOpenOnHolidays,
}: {
  firstDay: string
  value: Repeat
  onChange: (repeat: Repeat) => void
  /** Null where holidays change nothing. */
  department: string | null
  isOpenOnHolidays: boolean
}) {
  const set = (part: Partial<Repeat>) => onChange({ ...value, ...part })
  const isWeekly = value.kind === 'weekly'
  return (
    <fieldset className="space-y-4">
      <legend className="font-bold">Répétition</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          id={fieldId('repetition')}
          words="Rythme"
          value={value.kind}
          options={Object.entries(KINDS)}
          onChange={(kind) => set({ kind: kind === 'weekly' || kind === 'monthly' ? kind : 'never' })}
        />
        {value.kind !== 'never' && (
          <Choice
            id="repetition-pas"
            words="Tous les combien"
            value={String(value.interval)}
            options={Array.from({ length: MAX_INTERVAL }, (_, i) => [String(i + 1), paceWords(i + 1, isWeekly)])}
            onChange={(interval) => set({ interval: Number(interval) })}
          />
        )}
      </div>
      {isWeekly && <Weekdays chosen={value.weekdays} onChange={(weekdays) => set({ weekdays })} />}
      {value.kind === 'monthly' && (
        <Choice
          id="repetition-jour-du-mois"
          words="Quel jour du mois"
          value={value.monthly}
          options={monthlyOptions(firstDay)}
          onChange={(monthly) => set({ monthly: monthly === 'last' || monthly === 'day' ? monthly : 'nth' })}
        />
      )}
      {value.kind !== 'never' && (
        <div className="space-y-1">
          <label htmlFor="repetition-fin" className="block">
            Jusqu’au (facultatif)
          </label>
          <input
            id="repetition-fin"
            type="date"
            value={value.until}
            min={firstDay}
            onChange={({ target }) => set({ until: target.value })}
            className={`${INPUT} sm:w-64`}
          />
        </div>
      )}
      <Preview rrule={rruleOf(value, firstDay)} firstDay={firstDay} {...{ department, isOpenOnHolidays }} />
    </fieldset>
  )
}

const paceWords = (interval: number, isWeekly: boolean): string => {
  if (interval === 1) return isWeekly ? 'Toutes les semaines' : 'Tous les mois'
  return isWeekly ? `Toutes les ${interval}\u00a0semaines` : `Tous les ${interval}\u00a0mois`
}

function monthlyOptions(firstDay: string): [string, string][] {
  const weekday = WEEKDAY_WORDS[weekdayOf(firstDay) - 1] ?? ''
  const last: [string, string][] = isLastOfMonth(firstDay) ? [['last', `Le dernier ${weekday}`]] : []
  return [
    ['nth', `Le ${nthWords(nthOf(firstDay))} ${weekday}`],
    ...last,
    ['day', `Le ${Number(firstDay.slice(8))} du mois`],
  ]
}

function Choice({
  id,
  words,
  value,
  options,
  onChange,
}: {
  id: string
  words: string
  value: string
  options: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}) {
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block">
        {words}
      </label>
      <select id={id} value={value} onChange={({ target }) => onChange(target.value)} className={INPUT}>
        {options.map(([key, said]) => (
          <option key={key} value={key}>
            {said}
          </option>
        ))}
      </select>
    </div>
  )
}

function Weekdays({ chosen, onChange }: { chosen: readonly number[]; onChange: (days: number[]) => void }) {
  const others = (day: number) => chosen.filter((one) => one !== day)
  return (
    <fieldset>
      <legend>Jours</legend>
      <div className="flex flex-wrap gap-x-5">
        {WEEKDAY_WORDS.map((words, index) => (
          <label key={words} className="inline-flex min-h-12 cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(index + 1)}
              onChange={({ target }) => onChange(target.checked ? [...chosen, index + 1] : others(index + 1))}
              className="size-5 accent-accent"
            />
            {capitalise(words)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

type Previewed = { rrule: string | null; firstDay: string; department: string | null; isOpenOnHolidays: boolean }

function Preview({ rrule, firstDay, department, isOpenOnHolidays }: Previewed) {
  if (rrule === null || whyNotRepeat(firstDay, rrule)) return null
  const series = { firstDay, rrule, exceptions: [], startMin: 0, endMin: 1 }
  const next = nextOccurrences(series, firstDay, SHOWN)
  return (
    <div className="space-y-2 rounded-card border border-line bg-card p-4">
      <p className="font-bold" aria-live="polite">
        {capitalise(recurrenceWords(rrule))}
      </p>
      <p>{next.length < SHOWN ? 'Toutes les dates\u00a0:' : 'Les dix premières dates\u00a0:'}</p>
      <ol className="grid gap-x-6 sm:grid-cols-2">
        {next.map(({ toDay }) => {
          const holiday = department === null ? null : holidayOn(department, toDay)
          return (
            <li key={toDay}>
              {capitalise(formatDay(toDay, { withYear: true }))}
              {holiday && (
                <span className="block font-semibold text-warn">
                  Férié ({holidayWords[holiday]})&nbsp;: {isOpenOnHolidays ? 'ouvert' : 'fermé'}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
