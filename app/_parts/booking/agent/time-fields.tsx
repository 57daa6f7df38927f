import type { ReactNode } from 'react'
import { dayOf, formatDuration } from '@/app/_lib/dates'
import { SelectField } from '@/app/_ui/controls'
import { CHOICE, Field, fieldId } from '@/app/_ui/field'
import type { AskedPlace } from '@/server/booking/rules/warnings'
import { wallClock } from '@/server/scheduling/rules/civil'

const DURATIONS_MIN = [10, 15, 20, 30, 40, 45, 60, 75, 90, 120, 150, 180, 240]

type Chosen = { startAt: Date | null; durationMin: number; lieuId: number | null; agentIds: readonly number[] }

type Props = {
  zone: string
  chosen: Chosen
  /** The motif's own length, always offered. */
  usualMin: number
  /** None when it is held nowhere. */
  lieux: readonly { id: number; name: string; address: string }[]
  agents: readonly { id: number; name: string; services: string }[]
  /** Stands for the list of lieux. */
  place?: ReactNode
  errors: readonly { name: string; message: string }[]
}

/** When, how long, where and with whom an RDV is held: fields named as the address names them. */
export function TimeFields({ zone, chosen, usualMin, lieux, agents, place, errors }: Props) {
  const { startAt, durationMin, lieuId, agentIds } = chosen
  const durations = [...new Set([...DURATIONS_MIN, usualMin, durationMin])].sort((a, b) => a - b)
  const error = (name: string) => errors.find((one) => one.name === name)?.message
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          name="jour"
          type="date"
          label="Jour"
          required
          error={error('jour')}
          defaultValue={startAt ? dayOf(startAt, zone) : ''}
        />
        <Field
          name="heure"
          type="time"
          step={60}
          label="Heure"
          required
          defaultValue={startAt ? clockOf(startAt, zone) : ''}
        />
        <SelectField
          name="duree"
          label="Durée"
          defaultValue={String(durationMin)}
          choices={durations.map((minutes) => ({ value: String(minutes), label: formatDuration(minutes) }))}
        />
      </div>
      {place}
      {place === undefined && lieux.length > 0 && (
        <SelectField
          name="lieu"
          label="Lieu"
          required
          error={error('lieu')}
          defaultValue={lieuId === null ? '' : String(lieuId)}
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
                defaultChecked={agentIds.includes(id)}
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
    </>
  )
}

/** What these fields came back without; the browser asks first. */
export const missingTimes = (
  { startAt, lieuId, agentIds }: Pick<Chosen, 'startAt' | 'agentIds'> & { lieuId: AskedPlace },
  needsLieu: boolean,
): { name: string; message: string }[] =>
  [
    startAt === null && { name: 'jour', message: 'Indiquez un jour et une heure' },
    needsLieu && lieuId === null && { name: 'lieu', message: 'Choisissez un lieu' },
    agentIds.length === 0 && { name: 'agents', message: 'Choisissez au moins un agent' },
  ].filter((one) => one !== false)

const clockOf = (at: Date, zone: string): string => {
  const { minuteOfDay } = wallClock(zone, at.getTime())
  return [Math.floor(minuteOfDay / 60), minuteOfDay % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
