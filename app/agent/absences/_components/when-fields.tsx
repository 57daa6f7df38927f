import { Field, fieldId } from '@/app/_ui/field'

export type When = { first: string; last: string; isWhole: boolean; start: string; end: string }

/** From when to when. `oneDate`: of one date of a series, which lasts so many days beyond its first, like the others. */
export function WhenFields({
  value,
  onChange,
  oneDate,
  errorOf,
}: {
  value: When
  onChange: (value: When) => void
  oneDate: number | null
  errorOf: (name: string) => string | undefined
}) {
  return (
    <fieldset className="space-y-3">
      <legend className="font-bold">Quand</legend>
      <label className="inline-flex min-h-12 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          checked={value.isWhole}
          onChange={({ target }) => onChange({ ...value, isWhole: target.checked })}
          className="size-5 accent-accent"
        />
        Journée entière
      </label>
      <div className="grid gap-4 sm:grid-cols-2">
        <Bound
          name="debut"
          words={oneDate === null ? 'Premier jour' : 'Jour'}
          hourWords="Heure de début"
          day={value.first}
          clock={value.isWhole ? null : value.start}
          onDay={(first) => onChange({ ...value, first })}
          onClock={(start) => onChange({ ...value, start })}
          errorOf={errorOf}
        />
        <Bound
          name="fin"
          words="Dernier jour"
          hourWords="Heure de fin"
          day={oneDate === null ? value.last : null}
          clock={value.isWhole ? null : value.end}
          onDay={(last) => onChange({ ...value, last })}
          onClock={(end) => onChange({ ...value, end })}
          errorOf={errorOf}
        />
      </div>
      {oneDate !== null && oneDate > 0 && (
        <p className="text-ink-soft">
          {oneDate === 1
            ? 'Comme les autres dates, elle finit le lendemain.'
            : `Comme les autres dates, elle finit ${oneDate}\u00a0jours plus tard.`}
        </p>
      )}
    </fieldset>
  )
}

function Bound({
  name,
  words,
  hourWords,
  day,
  clock,
  onDay,
  onClock,
  errorOf,
}: {
  name: string
  words: string
  hourWords: string
  /** Null where it follows from the first. */
  day: string | null
  /** Null when the whole day is meant. */
  clock: string | null
  onDay: (day: string) => void
  onClock: (clock: string) => void
  errorOf: (name: string) => string | undefined
}) {
  return (
    <div
      id={day === null ? fieldId(name) : undefined}
      tabIndex={day === null ? -1 : undefined}
      className={day !== null && clock !== null ? 'grid gap-2 sm:grid-cols-[minmax(0,1fr)_9rem]' : ''}
    >
      {day !== null && (
        <Field
          name={name}
          label={words}
          type="date"
          error={errorOf(name)}
          value={day}
          onChange={({ target }) => onDay(target.value)}
        />
      )}
      {clock !== null && (
        <Field
          name={`${name}-heure`}
          label={hourWords}
          type="time"
          step={300}
          error={errorOf(`${name}-heure`) ?? (day === null ? errorOf(name) : undefined)}
          value={clock}
          onChange={({ target }) => onClock(target.value)}
        />
      )}
    </div>
  )
}
