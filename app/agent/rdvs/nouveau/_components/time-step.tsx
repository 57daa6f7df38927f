import { dayOf, formatDuration } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/controls'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { CHOICE, Field, fieldId } from '@/app/_ui/field'
import type { Placement } from '@/server/booking/rules/placing'
import { wallClock } from '@/server/scheduling/rules/civil'
import { parametersOf, PATH, type Placing } from './placing'

const DURATIONS_MIN = [10, 15, 20, 30, 40, 45, 60, 75, 90, 120, 150, 180, 240]

const clockOf = (at: Date, zone: string): string => {
  const { minuteOfDay } = wallClock(zone, at.getTime())
  return [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

/** A plain form: what is chosen goes into the address, so that a reload keeps it. `isAnswered`: what is missing is said. */
export function TimeStep({
  placing,
  placement,
  isAnswered,
}: {
  placing: Placing
  placement: Placement
  isAnswered: boolean
}) {
  const { motif, agents, lieux } = placement
  const kept = parametersOf({ ...placing, agents: [], lieu: null, startAt: null, durationMin: null, step: null })
  const chosen = placing.agents.length > 0 ? placing.agents : agents.slice(0, 1).map(({ id }) => id)
  const durationMin = placing.durationMin ?? motif.durationMin
  const durations = [...new Set([...DURATIONS_MIN, motif.durationMin, durationMin])].sort((a, b) => a - b)
  const errors = isAnswered ? missing(placing, lieux.length > 0) : []
  const error = (name: string) => errors.find((one) => one.name === name)?.message
  return (
    <form action={PATH} className="space-y-6">
      <ErrorSummary errors={errors} />
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="envoi" value="1" />
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          name="jour"
          type="date"
          label="Jour"
          required
          error={error('jour')}
          defaultValue={placing.startAt ? dayOf(placing.startAt, motif.zone) : ''}
        />
        <Field
          name="heure"
          type="time"
          step={60}
          label="Heure"
          required
          defaultValue={placing.startAt ? clockOf(placing.startAt, motif.zone) : ''}
        />
        <SelectField
          name="duree"
          label="Durée"
          defaultValue={String(durationMin)}
          choices={durations.map((minutes) => ({ value: String(minutes), label: formatDuration(minutes) }))}
        />
      </div>
      {lieux.length > 0 && (
        <SelectField
          name="lieu"
          label="Lieu"
          required
          error={error('lieu')}
          defaultValue={placing.lieu === null ? '' : String(placing.lieu)}
          choices={[
            { value: '', label: 'Choisir un lieu' },
            ...lieux.map(({ id, name, address }) => ({ value: String(id), label: `${name}, ${address}` })),
          ]}
        />
      )}
      <fieldset className="space-y-2">
        <legend className="font-bold">Avec</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {agents.map(({ id, name, services }, index) => (
            <label key={id} className={CHOICE}>
              <input
                type="checkbox"
                id={index === 0 ? fieldId('agents') : undefined}
                name="agents"
                value={id}
                defaultChecked={chosen.includes(id)}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="font-semibold">{name}</span>
                {services && <span className="block text-ink-soft">{services}</span>}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Button>Continuer</Button>
    </form>
  )
}

/** What the form came back without; the browser asks first. */
function missing({ startAt, lieu, agents }: Placing, needsLieu: boolean): { name: string; message: string }[] {
  return [
    startAt === null && { name: 'jour', message: 'Indiquez un jour et une heure' },
    needsLieu && lieu === null && { name: 'lieu', message: 'Choisissez un lieu' },
    agents.length === 0 && { name: 'agents', message: 'Choisissez au moins un agent' },
  ].filter((one) => one !== false)
}
