import type { ReactNode } from 'react'
import { INPUT } from '@/app/_parts/scheduling/clock'
import { ColleaguesField, toggled, type Colleague } from '@/app/_parts/scheduling/colleagues-field'
import { FieldError, fieldId } from '@/app/_ui/field'

export type Means = {
  organisations: readonly { id: number; name: string; territoryId: number; department: string }[]
  lieux: readonly { id: number; name: string; territoryId: number }[]
  motifs: readonly { id: number; name: string; organisationId: number; territoryId: number; service: string }[]
}
type Value = { organisationId: number | null; lieuId: number | null; motifIds: number[]; agentIds: number[] }

/** For whom, of which organisation, where and for which motifs: only what its territory offers. */
export function OpeningMeansFields({
  means,
  colleagues,
  agentId,
  value,
  onChange,
  errorOf,
}: {
  means: Means
  colleagues: readonly Colleague[]
  agentId: number
  value: Value
  onChange: (value: Value) => void
  errorOf: (name: string) => string | undefined
}) {
  const { organisations } = means
  const territoryId = organisations.find(({ id }) => id === value.organisationId)?.territoryId
  const isHere = (one: { territoryId: number }) => one.territoryId === territoryId
  return (
    <>
      <ColleaguesField
        colleagues={colleagues}
        agentId={agentId}
        agentIds={value.agentIds}
        onChange={(agentIds) => onChange({ ...value, agentIds })}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Select
          name="organisation"
          words="Organisation"
          error={errorOf('organisation')}
          value={value.organisationId}
          options={organisations}
          onChange={(organisationId) => {
            const is = organisations.find(({ id }) => id === organisationId)?.territoryId === territoryId
            onChange({ ...value, organisationId, ...(!is && { lieuId: null, motifIds: [] }) })
          }}
        />
        <Select
          name="lieu"
          words="Lieu"
          empty={'Aucun\u00a0: téléphone, domicile, visio'}
          error={errorOf('lieu')}
          value={value.lieuId}
          options={means.lieux.filter(isHere)}
          onChange={(lieuId) => onChange({ ...value, lieuId })}
        />
      </div>
      <fieldset className="space-y-1">
        <legend className="font-bold">Motifs</legend>
        {errorOf('motifs') && <FieldError id={`${fieldId('motifs')}-erreur`}>{errorOf('motifs')}</FieldError>}
        <div id={fieldId('motifs')} tabIndex={-1} className="grid sm:grid-cols-2 sm:gap-x-4">
          {means.motifs.filter(isHere).map((motif) => (
            <Check
              key={motif.id}
              isOn={value.motifIds.includes(motif.id)}
              onChange={(isIn) => onChange({ ...value, motifIds: toggled(value.motifIds, motif.id, isIn) })}
            >
              {motif.name}{' '}
              <span className="text-ink-soft">
                {motif.service}
                {motif.organisationId !== value.organisationId &&
                  `, ${organisations.find(({ id }) => id === motif.organisationId)?.name ?? ''}`}
              </span>
            </Check>
          ))}
        </div>
      </fieldset>
    </>
  )
}

function Check({
  isOn,
  onChange,
  children,
}: {
  isOn: boolean
  onChange: (isOn: boolean) => void
  children: ReactNode
}) {
  return (
    <label className="flex min-h-12 cursor-pointer items-center gap-3 py-1">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => onChange(target.checked)}
        className="size-5 shrink-0 accent-accent"
      />
      <span>{children}</span>
    </label>
  )
}

function Select({
  name,
  words,
  empty,
  error,
  value,
  options,
  onChange,
}: {
  name: string
  words: string
  /** Said of none; absent when one must be chosen. */
  empty?: string
  error: string | undefined
  value: number | null
  options: readonly { id: number; name: string }[]
  onChange: (id: number | null) => void
}) {
  const id = fieldId(name)
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-bold">
        {words}
      </label>
      {error && <FieldError id={`${id}-erreur`}>{error}</FieldError>}
      <select
        id={id}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
        {...(error && { 'aria-invalid': true, 'aria-describedby': `${id}-erreur` })}
        className={INPUT}
      >
        {(empty !== undefined || value === null) && <option value="">{empty ?? 'Choisir'}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
