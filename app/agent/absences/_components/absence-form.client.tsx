'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import { clockOf, INPUT, minutesOf } from '@/app/_parts/scheduling/clock'
import { RdvLine } from '@/app/_parts/booking/agent/rdv-line'
import { Button } from '@/app/_ui/button'
import { Field, FieldError } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { absenceFaultWords, absenceKindWords, rdvsWithinWords } from '@/app/_words/absence'
import { ABSENCE_KINDS, whyNotAbsent, type AbsenceKind, type AbsenceSpan } from '@/server/scheduling/rules/absence'

export type AbsenceDraft = AbsenceSpan & { agentId: number; absenceId: number | null; kind: AbsenceKind; title: string }

const [DAY_START_MIN, DAY_END_MIN] = [9 * 60, 17 * 60]

/** One absence, once. What stands within is shown before anything is saved. */
export function AbsenceForm({ draft, returnTo }: { draft: AbsenceDraft; returnTo: string }) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [kind, setKind] = useState(draft.kind)
  const [title, setTitle] = useState(draft.title)
  const [days, setDays] = useState({ first: draft.firstDay, last: draft.lastDay })
  const [isWhole, setWhole] = useState(draft.startMin === 0 && draft.endMin === 1440)
  const [clocks, setClocks] = useState(
    isWhole
      ? { start: clockOf(DAY_START_MIN), end: clockOf(DAY_END_MIN) }
      : { start: clockOf(draft.startMin), end: clockOf(draft.endMin % 1440) },
  )
  const [error, setError] = useState<string | null>(null)
  const [asked, setAsked] = useState<AbsenceSpan | null>(null)

  const save = useMutation({
    ...trpc.booking.saveAbsence.mutationOptions(),
    ...retried,
    onSuccess: (outcome, { firstDay, startMin, lastDay, endMin }) => {
      if (outcome.ok) {
        router.push(`${returnTo}${returnTo.includes('?') ? '&' : '?'}avis=enregistree`)
        router.refresh()
      } else {
        setAsked({ firstDay, startMin, lastDay, endMin })
        // Asked already: somebody booked since.
        void queryClient.invalidateQueries(trpc.booking.listRdvsWithin.pathFilter())
      }
    },
  })
  const within = useQuery({
    ...trpc.booking.listRdvsWithin.queryOptions({ agentId: draft.agentId, ...(asked ?? draft) }),
    enabled: asked !== null,
  })

  /** What is typed, as one would save it; null, and said, when it makes no sense. */
  function read(): AbsenceSpan | null {
    const [startMin, endMin] = isWhole ? [0, 1440] : [minutesOf(clocks.start), minutesOf(clocks.end)]
    if (startMin === null || endMin === null || days.first === '' || days.last === '') {
      setError('Indiquez le début et la fin')
      return null
    }
    const span = { firstDay: days.first, startMin, lastDay: days.last, endMin }
    const fault = whyNotAbsent(span)
    setError(fault && absenceFaultWords[fault])
    return fault ? null : span
  }

  function submit(event: FormEvent, knownCount = 0) {
    event.preventDefault()
    const span = read()
    if (!span) return
    save.mutate({ agentId: draft.agentId, absenceId: draft.absenceId, kind, title, ...span, knownCount })
  }

  /** Whatever was shown within may no longer be. */
  const changed = () => {
    setAsked(null)
    setError(null)
  }
  const withinCount = within.data ? within.data.rdvs.length + within.data.busy.length : 0
  const isUnreachable = save.isError || within.isError
  return (
    <form onSubmit={(event) => submit(event)} noValidate className="space-y-5">
      <div className="grid gap-5 sm:grid-cols-2">
        <div className="space-y-1.5">
          <label htmlFor="absence-type" className="block font-bold">
            Type
          </label>
          <select
            id="absence-type"
            value={kind}
            onChange={({ target }) => setKind(ABSENCE_KINDS.find((one) => one === target.value) ?? 'other')}
            className={INPUT}
          >
            {ABSENCE_KINDS.map((one) => (
              <option key={one} value={one}>
                {absenceKindWords[one]}
              </option>
            ))}
          </select>
        </div>
        <Field
          name="titre"
          label="Titre"
          isOptional
          maxLength={100}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
          autoComplete="off"
        />
      </div>
      <fieldset className="space-y-3" {...(error && { 'aria-describedby': 'absence-erreur' })}>
        <legend className="font-bold">Quand</legend>
        {error && (
          <div role="alert">
            <FieldError id="absence-erreur">{error}</FieldError>
          </div>
        )}
        <label className="inline-flex min-h-12 cursor-pointer items-center gap-3">
          <input
            type="checkbox"
            checked={isWhole}
            onChange={({ target }) => {
              setWhole(target.checked)
              changed()
            }}
            className="size-5 accent-accent"
          />
          Journée entière
        </label>
        <div className="grid gap-4 sm:grid-cols-2">
          <Bound
            id="debut"
            words="Début"
            day={days.first}
            clock={isWhole ? null : clocks.start}
            onDay={(first) => {
              setDays(({ last }) => ({ first, last: last < first ? first : last }))
              changed()
            }}
            onClock={(start) => {
              setClocks((given) => ({ ...given, start }))
              changed()
            }}
          />
          <Bound
            id="fin"
            words="Fin"
            day={days.last}
            clock={isWhole ? null : clocks.end}
            onDay={(last) => {
              setDays((given) => ({ ...given, last }))
              changed()
            }}
            onClock={(end) => {
              setClocks((given) => ({ ...given, end }))
              changed()
            }}
          />
        </div>
      </fieldset>
      {asked && within.data && (
        <Notice tone="warn" title={rdvsWithinWords(withinCount)} isLive>
          <p>Ils restent en place : prévenez les personnes, ou annulez depuis la page de chaque RDV.</p>
          <ul className="divide-y divide-line bg-card">
            {within.data.rdvs.map((rdv) => (
              <li key={rdv.id}>
                <RdvLine rdv={rdv} />
              </li>
            ))}
          </ul>
          {within.data.busy.length > 0 && (
            <p>Certains ne vous sont pas ouverts : demandez à la personne, ou à son organisation.</p>
          )}
        </Notice>
      )}
      {isUnreachable && (
        <Notice tone="bad" isLive>
          <p>L’absence n’est pas enregistrée : le service n’a pas répondu. Réessayez.</p>
        </Notice>
      )}
      <div className="flex flex-col gap-3 sm:flex-row">
        {asked ? (
          <Button
            type="button"
            disabled={save.isPending || !within.data}
            onClick={(event) => submit(event, withinCount)}
          >
            Enregistrer en laissant ces RDV
          </Button>
        ) : (
          <Button disabled={save.isPending}>Enregistrer</Button>
        )}
        <a href={returnTo} className="link inline-flex min-h-12 items-center justify-center px-2">
          Annuler
        </a>
      </div>
    </form>
  )
}

function Bound({
  id,
  words,
  day,
  clock,
  onDay,
  onClock,
}: {
  id: string
  words: string
  day: string
  /** Null when the whole day is meant. */
  clock: string | null
  onDay: (day: string) => void
  onClock: (clock: string) => void
}) {
  return (
    <div className={clock === null ? '' : 'grid grid-cols-[minmax(0,1fr)_auto] gap-2'}>
      <div className="space-y-1">
        <label htmlFor={`${id}-jour`} className="block">
          {words}
        </label>
        <input
          id={`${id}-jour`}
          type="date"
          value={day}
          onChange={({ target }) => onDay(target.value)}
          className={INPUT}
        />
      </div>
      {clock !== null && (
        <div className="space-y-1">
          <label htmlFor={`${id}-heure`} className="block">
            Heure <span className="sr-only">({words.toLowerCase()})</span>
          </label>
          <input
            id={`${id}-heure`}
            type="time"
            step={300}
            value={clock}
            onChange={({ target }) => onClock(target.value)}
            className={INPUT}
          />
        </div>
      )}
    </div>
  )
}
