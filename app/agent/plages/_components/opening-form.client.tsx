'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import { clockOf, minutesOf } from '@/app/_parts/scheduling/clock'
import type { Colleague } from '@/app/_parts/scheduling/colleagues-field'
import { useFates, useLeave } from '@/app/_parts/scheduling/fates.client'
import { Judgement } from '@/app/_parts/scheduling/judgement.client'
import { followDay, onceFrom, repeatOf, rruleOf, type Repeat } from '@/app/_parts/scheduling/repeat'
import { RecurrenceEditor } from '@/app/_parts/scheduling/recurrence-editor.client'
import { Button } from '@/app/_ui/button'
import { FormEnd } from '@/app/_ui/form-end'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { Field } from '@/app/_ui/field'
import { leftOutWords, openingFaultWords } from '@/app/_words/opening'
import { goOnWords } from '@/app/_words/planning'
import type { ChosenFate } from '@/server/booking/rules/impact'
import { mayGoOn } from '@/server/booking/rules/planning-views'
import { whyNotOpen } from '@/server/scheduling/rules/opening'
import type { SaveOpening } from '@/server/scheduling/schema'
import { OpeningMeansFields, type Means } from './opening-means-fields'

export type OpeningDraft = Omit<SaveOpening, 'known' | 'agentIds' | 'organisationId'> & {
  agentId: number
  organisationId: number | null
}
type Errors = { name: string; message: string }[]

/** An opening, or one of its dates. What would be wrong or surprising is shown before anything is saved. */
export function OpeningForm({
  draft,
  means,
  colleagues,
  returnTo,
}: {
  draft: OpeningDraft
  means: Means
  /** Others for whom a new one may be made at once. */
  colleagues: readonly Colleague[]
  returnTo: string
}) {
  const trpc = useTRPC()
  const leave = useLeave(returnTo)
  const isOneDate = draft.target?.scope === 'this'
  const [title, setTitle] = useState(draft.title)
  const [place, setPlace] = useState({
    organisationId: draft.organisationId,
    // One date keeps what its opening has; else only what is still offered may be chosen.
    lieuId: isOneDate || means.lieux.some(({ id }) => id === draft.lieuId) ? draft.lieuId : null,
    motifIds: draft.motifIds.filter((motifId) => isOneDate || means.motifs.some(({ id }) => id === motifId)),
    agentIds: [draft.agentId],
  })
  const [firstDay, setFirstDay] = useState(draft.firstDay)
  const [clocks, setClocks] = useState({ start: clockOf(draft.startMin), end: clockOf(draft.endMin % 1440) })
  const [onHolidays, setOnHolidays] = useState(draft.onHolidays)
  const [repeat, setRepeat] = useState<Repeat>(
    draft.rrule ? repeatOf(draft.rrule, draft.firstDay) : onceFrom(draft.firstDay),
  )
  const [errors, setErrors] = useState<Errors>([])
  const [asked, setAsked] = useState<SaveOpening | null>(null)
  const [tried, setTried] = useState<ChosenFate[]>([])

  const judged = useQuery({
    ...trpc.booking.judgeOpening.queryOptions({ ...(asked ?? { ...blank(draft), known: null }), fates: tried }),
    enabled: asked !== null,
    staleTime: 0,
    // What was chosen stays in sight while the answer to it comes.
    ...(tried.length > 0 && { placeholderData: keepPreviousData }),
  })
  const fates = useFates(judged.data)
  const save = useMutation({
    ...trpc.booking.saveOpening.mutationOptions(),
    ...retried,
  })

  /** Whatever was said of it may no longer be so. */
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      setAsked(null)
    }

  /** What is typed, as one would save it; null, and said, when it makes no sense. */
  function read(): SaveOpening | null {
    const [startMin, endOfDay] = [minutesOf(clocks.start), minutesOf(clocks.end)]
    const endMin = endOfDay === 0 ? 1440 : endOfDay
    const found: Errors = []
    if (!isOneDate && title.trim() === '') found.push({ name: 'titre', message: 'Donnez un titre à cette plage' })
    if (place.organisationId === null) found.push({ name: 'organisation', message: 'Choisissez une organisation' })
    if (place.motifIds.length === 0) found.push({ name: 'motifs', message: 'Choisissez au moins un motif' })
    if (firstDay === '') found.push({ name: 'jour', message: 'Indiquez le jour' })
    if (startMin === null) found.push({ name: 'debut', message: 'Indiquez l’heure de début' })
    if (endMin === null) found.push({ name: 'fin', message: 'Indiquez l’heure de fin' })
    const noDay = repeat.kind === 'weekly' && repeat.weekdays.length === 0
    const rrule = isOneDate || noDay || firstDay === '' ? null : rruleOf(repeat, firstDay)
    if (noDay && !isOneDate) found.push({ name: 'repetition', message: openingFaultWords['bad-rule'] })
    if (startMin !== null && endMin !== null && firstDay !== '') {
      const fault = whyNotOpen({ firstDay, startMin, endMin, rrule })
      if (fault) found.push({ name: FIELD_OF[fault], message: openingFaultWords[fault] })
    }
    setErrors(found)
    const { organisationId } = place
    if (found.length > 0 || organisationId === null || startMin === null || endMin === null) return null
    const { target } = draft
    return { ...place, organisationId, target, title, firstDay, startMin, endMin, rrule, onHolidays, known: null }
  }

  function submit(event: FormEvent, known: string | null = null) {
    event.preventDefault()
    const typed = read()
    if (!typed) return
    const chosen = known === null ? [] : fates.chosen
    save.mutate(
      { ...typed, known, fates: chosen },
      {
        onSuccess: (outcome) => {
          if (!outcome.ok) {
            setTried(fates.wereRefused())
            setAsked(typed)
            if (asked) void judged.refetch()
            return
          }
          leave('enregistree', chosen)
        },
      },
    )
  }

  function moveTo(day: string) {
    setFirstDay(day)
    setRepeat(followDay(repeat, firstDay, day))
  }

  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message
  const isOpen = judged.data && mayGoOn(judged.data)
  const meansFields = { means, agentId: draft.agentId, value: place, onChange: changing(setPlace), errorOf }
  const organisation = means.organisations.find(({ id }) => id === place.organisationId)
  const holidays = (
    <label className="flex min-h-12 cursor-pointer items-center gap-3">
      <input
        type="checkbox"
        checked={onHolidays}
        onChange={({ target }) => changing(setOnHolidays)(target.checked)}
        className="size-5 accent-accent"
      />
      Ouvrir aussi les jours fériés
    </label>
  )
  return (
    <form onSubmit={(event) => submit(event)} noValidate className="space-y-5">
      <ErrorSummary errors={errors} />
      {!isOneDate && (
        <>
          <Field
            name="titre"
            label="Titre"
            error={errorOf('titre')}
            maxLength={100}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
            autoComplete="off"
          />
          <OpeningMeansFields {...meansFields} colleagues={draft.target ? [] : colleagues} />
        </>
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        <Field
          name="jour"
          label={isOneDate ? 'Jour' : 'Premier jour'}
          type="date"
          error={errorOf('jour')}
          value={firstDay}
          onChange={({ target }) => changing(moveTo)(target.value)}
        />
        <Field
          name="debut"
          label="Début"
          type="time"
          step={300}
          error={errorOf('debut')}
          value={clocks.start}
          onChange={({ target }) => changing(setClocks)({ ...clocks, start: target.value })}
        />
        <Field
          name="fin"
          label="Fin"
          type="time"
          step={300}
          error={errorOf('fin')}
          value={clocks.end}
          onChange={({ target }) => changing(setClocks)({ ...clocks, end: target.value })}
        />
      </div>
      {!isOneDate && (
        <>
          {firstDay !== '' && (
            <RecurrenceEditor
              firstDay={firstDay}
              value={repeat}
              onChange={changing(setRepeat)}
              department={organisation?.department ?? null}
              isOpenOnHolidays={onHolidays}
            />
          )}
          {errorOf('repetition') && <p className="font-semibold text-bad">{errorOf('repetition')}</p>}
          {holidays}
        </>
      )}
      {isOneDate && (
        <details className="rounded-card border border-line bg-card p-4" open={errorOf('motifs') !== undefined}>
          <summary className="link min-h-11 font-semibold">
            Recevoir ailleurs, pour d’autres motifs ou un jour férié
          </summary>
          <div className="mt-4 space-y-5">
            <p className="text-ink-soft">
              Cette date devient alors une plage à part&nbsp;: les changements suivants des autres dates ne la
              toucheront plus.
            </p>
            <OpeningMeansFields {...meansFields} colleagues={[]} />
            {holidays}
          </div>
        </details>
      )}
      {asked && judged.data && <Judgement judgement={judged.data} fates={fates} hurtWords={leftOutWords} />}
      <FormEnd
        failure={
          save.isError || judged.isError
            ? 'La plage n’est pas enregistrée\u00a0: le service n’a pas répondu, ou elle n’existe plus. Réessayez.'
            : null
        }
        returnTo={returnTo}
      >
        {asked && isOpen ? (
          <Button type="button" disabled={save.isPending} onClick={(event) => submit(event, judged.data?.known)}>
            {goOnWords('Enregistrer', fates.counts, 'Enregistrer quand même')}
          </Button>
        ) : (
          <Button disabled={save.isPending}>Enregistrer</Button>
        )}
      </FormEnd>
    </form>
  )
}

const FIELD_OF = {
  'end-before-start': 'fin',
  'bad-rule': 'repetition',
  'until-before-first': 'repetition',
  'first-day-not-in-rule': 'jour',
} as const

/** A question that is not asked. */
const blank = ({ agentId, ...draft }: OpeningDraft) => ({
  ...draft,
  agentIds: [agentId],
  organisationId: draft.organisationId ?? 0,
})
