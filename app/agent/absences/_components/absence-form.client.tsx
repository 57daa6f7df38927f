'use client'

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { retried, useTRPC } from '@/app/_lib/trpc.client'
import { clockOf, minutesOf } from '@/app/_parts/scheduling/clock'
import { ColleaguesField, type Colleague } from '@/app/_parts/scheduling/colleagues-field'
import { useFates, useLeave } from '@/app/_parts/scheduling/fates.client'
import { Judgement } from '@/app/_parts/scheduling/judgement.client'
import { RecurrenceEditor } from '@/app/_parts/scheduling/recurrence-editor.client'
import { followDay, onceFrom, repeatOf, rruleOf, type Repeat } from '@/app/_parts/scheduling/repeat'
import { Button } from '@/app/_ui/button'
import { FormEnd } from '@/app/_ui/form-end'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { absenceFaultWords, rdvsWithinWords } from '@/app/_words/absence'
import { goOnWords } from '@/app/_words/planning'
import type { ChosenFate } from '@/server/booking/rules/impact'
import { mayGoOn } from '@/server/booking/rules/planning-views'
import { lastingDays, whyNotAbsent } from '@/server/scheduling/rules/absence'
import { addDays } from '@/server/scheduling/rules/civil'
import type { SaveAbsence } from '@/server/scheduling/schema'
import { AbsenceNameFields } from './absence-name-fields'
import { WhenFields, type When } from './when-fields'

export type AbsenceDraft = Omit<SaveAbsence, 'known' | 'agentIds'> & { agentId: number }
type Errors = { name: string; message: string }[]

const [DAY_START_MIN, DAY_END_MIN] = [9 * 60, 17 * 60]

const isWholeDay = ({ startMin, endMin }: AbsenceDraft) => startMin === 0 && endMin === 1440

const whenOf = (draft: AbsenceDraft): When => ({
  first: draft.firstDay,
  last: draft.lastDay,
  isWhole: isWholeDay(draft),
  start: clockOf(isWholeDay(draft) ? DAY_START_MIN : draft.startMin),
  end: clockOf(isWholeDay(draft) ? DAY_END_MIN : draft.endMin % 1440),
})

/** An absence, or one of its dates. What it does to RDVs is shown, and decided, before anything is saved. */
export function AbsenceForm({
  draft,
  colleagues,
  returnTo,
}: {
  draft: AbsenceDraft
  /** Others for whom a new one may be made at once. */
  colleagues: readonly Colleague[]
  returnTo: string
}) {
  const trpc = useTRPC()
  const leave = useLeave(returnTo)
  const isOneDate = draft.rrule !== null && draft.target?.scope === 'this'
  const lasting = lastingDays(draft)
  const [agentIds, setAgentIds] = useState([draft.agentId])
  const [named, setNamed] = useState({ kind: draft.kind, title: draft.title, color: draft.color })
  const [when, setWhen] = useState(whenOf(draft))
  const [repeat, setRepeat] = useState<Repeat>(
    draft.rrule ? repeatOf(draft.rrule, draft.firstDay) : onceFrom(draft.firstDay),
  )
  const [errors, setErrors] = useState<Errors>([])
  const [asked, setAsked] = useState<SaveAbsence | null>(null)
  const [tried, setTried] = useState<ChosenFate[]>([])

  const { agentId, ...undated } = draft
  const judged = useQuery({
    ...trpc.booking.judgeAbsence.queryOptions({
      ...(asked ?? { ...undated, agentIds: [agentId], known: null }),
      fates: tried,
    }),
    enabled: asked !== null,
    staleTime: 0,
    // What was chosen stays in sight while the answer to it comes.
    ...(tried.length > 0 && { placeholderData: keepPreviousData }),
  })
  const fates = useFates(judged.data)
  const save = useMutation({ ...trpc.booking.saveAbsence.mutationOptions(), ...retried })

  /** Whatever was said of it may no longer be so. */
  const changing =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      setAsked(null)
    }

  function changeWhen(next: When) {
    setRepeat(followDay(repeat, when.first, next.first))
    if (next.first === when.first || next.first === '') return setWhen(next)
    const last = isOneDate ? addDays(next.first, lasting) : next.last
    setWhen({ ...next, last: last < next.first ? next.first : last })
  }

  /** What is typed, as one would save it; null, and said, when it makes no sense. */
  function read(): SaveAbsence | null {
    const { first: firstDay, last: lastDay } = when
    const [startMin, endOfDay] = when.isWhole ? [0, 1440] : [minutesOf(when.start), minutesOf(when.end)]
    const endMin = endOfDay === 0 && firstDay === lastDay ? 1440 : endOfDay
    const found: Errors = []
    if (firstDay === '') found.push({ name: 'debut', message: 'Indiquez le premier jour' })
    if (lastDay === '') found.push({ name: 'fin', message: 'Indiquez le dernier jour' })
    if (startMin === null) found.push({ name: 'debut-heure', message: 'Indiquez l’heure de début' })
    if (endMin === null) found.push({ name: 'fin-heure', message: 'Indiquez l’heure de fin' })
    const noDay = !isOneDate && repeat.kind === 'weekly' && repeat.weekdays.length === 0
    if (noDay) found.push({ name: 'repetition', message: absenceFaultWords['bad-rule'] })
    const rrule = noDay || firstDay === '' ? null : isOneDate ? draft.rrule : rruleOf(repeat, firstDay)
    if (startMin === null || endMin === null || firstDay === '' || lastDay === '') {
      setErrors(found)
      return null
    }
    const fault = whyNotAbsent({ firstDay, startMin, lastDay, endMin, rrule: isOneDate ? null : rrule })
    if (fault) found.push({ name: FIELD_OF[fault], message: absenceFaultWords[fault] })
    setErrors(found)
    const span = { firstDay, startMin, lastDay, endMin }
    return found.length > 0 ? null : { agentIds, target: draft.target, ...named, ...span, rrule, known: null }
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

  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message
  const isOpen = judged.data && mayGoOn(judged.data)
  return (
    <form onSubmit={(event) => submit(event)} noValidate className="space-y-5">
      <ErrorSummary errors={errors} />
      {!isOneDate && (
        <>
          <ColleaguesField
            colleagues={draft.target ? [] : colleagues}
            agentId={draft.agentId}
            agentIds={agentIds}
            onChange={changing(setAgentIds)}
          />
          <AbsenceNameFields value={named} onChange={setNamed} />
        </>
      )}
      <WhenFields value={when} onChange={changing(changeWhen)} oneDate={isOneDate ? lasting : null} errorOf={errorOf} />
      {!isOneDate && when.first !== '' && (
        <RecurrenceEditor
          firstDay={when.first}
          value={repeat}
          onChange={changing(setRepeat)}
          department={null}
          isOpenOnHolidays={false}
        />
      )}
      {errorOf('repetition') && <p className="font-semibold text-bad">{errorOf('repetition')}</p>}
      {asked && judged.data && (
        <Judgement
          judgement={judged.data}
          fates={fates}
          hurtWords={rdvsWithinWords}
          isOfSeveral={agentIds.length > 1}
        />
      )}
      <FormEnd
        failure={
          save.isError || judged.isError
            ? 'L’absence n’est pas enregistrée\u00a0: le service n’a pas répondu, ou elle n’existe plus. Réessayez.'
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
  'too-long': 'fin',
  'bad-rule': 'repetition',
  'until-before-first': 'repetition',
  'first-day-not-in-rule': 'debut',
} as const
