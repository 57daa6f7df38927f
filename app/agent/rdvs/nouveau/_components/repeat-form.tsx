import { capitalise } from '@/app/_lib/dates'
import { Button, buttonClass } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Field } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { everyWeeksWords, repeatFaultWords } from '@/app/_words/series'
import { MAX_SERIES, MAX_WEEKS, type RepeatFault } from '@/server/booking/rules/rdv-series'
import { parametersOf, PATH, placingHref, type Placing } from './placing'

type Props = {
  placing: Placing
  zoneWeekday: string
  /** As typed, though it means nothing. */
  typed: { fin: string; fois: string }
  fault: RepeatFault | null
}

/** How often an RDV repeats, and until when: a plain form, whose answer is in the address. */
export function RepeatForm({ placing, zoneWeekday, typed, fault }: Props) {
  const { repeat } = placing
  const kept = parametersOf({ ...placing, repeat: null, step: null })
  const message = fault ? repeatFaultWords[fault] : undefined
  return (
    <details open={repeat !== null && fault !== null} className="group rounded-card border border-line bg-card">
      <summary className="flex min-h-12 cursor-pointer items-center gap-2 px-4 py-2 font-bold text-accent">
        <Icon name="repeat" className="shrink-0" />
        {repeat ? 'Changer la répétition' : 'Répéter ce RDV'}
      </summary>
      <form action={PATH} noValidate className="space-y-4 border-t border-line p-4">
        <ErrorSummary errors={message ? [{ name: 'fin', message }] : []} />
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SelectField
          name="repeter"
          label={`Rythme, le ${zoneWeekday} à la même heure`}
          defaultValue={String(repeat?.everyWeeks ?? 1)}
          choices={Array.from({ length: MAX_WEEKS }, (_, i) => ({
            value: String(i + 1),
            label: capitalise(everyWeeksWords(i + 1)),
          }))}
        />
        <div className="grid items-end gap-4 sm:grid-cols-2">
          <Field
            name="fin"
            type="date"
            label="Jusqu’au"
            error={message}
            isOptional
            defaultValue={repeat?.untilDay ?? typed.fin}
          />
          <Field
            name="fois"
            type="number"
            inputMode="numeric"
            min={2}
            max={MAX_SERIES}
            label="Ou en tout, combien de RDV"
            isOptional
            defaultValue={repeat?.count ? String(repeat.count) : typed.fois}
          />
        </div>
        <p className="text-ink-soft">Au plus {MAX_SERIES} RDV à la fois, celui-ci compris.</p>
        <div className="flex flex-col gap-3 sm:flex-row">
          <Button variant="secondary">Voir les dates</Button>
          {repeat && (
            <a href={placingHref(placing, { repeat: null })} className={buttonClass({ variant: 'quiet' })}>
              Ne pas répéter
            </a>
          )}
        </div>
      </form>
    </details>
  )
}
