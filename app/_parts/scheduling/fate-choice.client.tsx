'use client'

import { capitalise, dayOf, formatDateTime, formatDay } from '@/app/_lib/dates'
import { SelectField } from '@/app/_ui/controls'
import { consequenceWords, MOVED_TELLS, rdvName } from '@/app/_words/agent'
import {
  fateRefusalWords,
  fateWords,
  MOVE_LATER,
  noOfferWords,
  refusedTimeWords,
  TO_MOVE_LATER,
} from '@/app/_words/planning'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import { fatesOf } from '@/server/booking/rules/impact'
import type { Fates } from './fates.client'

/** What becomes of one RDV: kept, moved, at once or later, or cancelled. */
export function FateChoice({ rdv, fates }: { rdv: AgentRdv; fates: Fates }) {
  const offered = fatesOf(rdv)
  const chosen = fates.of(rdv)
  if (offered.length === 1)
    return <p className="px-4 text-ink-soft">Il reste en place&nbsp;: vous ne pouvez pas le changer.</p>
  return (
    <fieldset className="space-y-2 px-4">
      <legend className="sr-only">
        Que devient le RDV de {rdvName(rdv)}, {formatDay(rdv.onDay)}&nbsp;?
      </legend>
      <div className="flex flex-wrap gap-x-5">
        {offered.map((fate) => (
          <label key={fate} className="inline-flex min-h-11 items-center gap-2">
            <input
              type="radio"
              name={`rdv-${rdv.id}`}
              value={fate}
              checked={chosen === fate}
              onChange={() => fates.choose(fate, [rdv])}
              className="size-5 accent-accent"
            />
            {fateWords[fate]}
          </label>
        ))}
      </div>
      {chosen === 'cancel' && <p className="text-ink-soft">{consequenceWords('revoked', rdv)}</p>}
      {chosen === 'move' && <NewTime rdv={rdv} fates={fates} />}
    </fieldset>
  )
}

/** Where the time of an RDV is chosen. */
export const timeField = ({ id }: AgentRdv): string => `horaire-${String(id)}`

const [LATER, REFUSED] = ['plus-tard', 'refuse']

/** The times an RDV may move to with the save, and « later » last of all. */
function NewTime({ rdv, fates }: { rdv: AgentRdv; fates: Fates }) {
  const offer = fates.offerOf(rdv)
  const time = fates.timeOf(rdv)
  const refusal = fates.refusals.find((one) => one.rdv.id === rdv.id)
  if ((offer?.startsAt ?? []).length === 0 && !time)
    return (
      <p className="text-ink-soft">
        {noOfferWords(offer?.whyNone ?? null)} {TO_MOVE_LATER}
      </p>
    )
  const withYear = (at: Date) => !dayOf(at, rdv.zone).startsWith(rdv.onDay.slice(0, 4))
  const wordsOf = (at: Date) => capitalise(formatDateTime(at, rdv.zone, { isShort: true, withYear: withYear(at) }))
  const valueOf = (at: Date) => at.toISOString()
  const isRefused = time !== null && refusal !== undefined
  const open = offer?.startsAt ?? []
  const isOffered = time !== null && open.some((at) => at.getTime() === time.getTime())
  const times = time && !isRefused && !isOffered ? [...open, time].sort((a, b) => a.getTime() - b.getTime()) : open
  return (
    <>
      <div className="sm:max-w-md">
        <SelectField
          name={timeField(rdv)}
          label="Nouvel horaire"
          error={isRefused ? capitalise(fateRefusalWords[refusal.reason]) : undefined}
          value={isRefused ? REFUSED : time ? valueOf(time) : LATER}
          onChange={({ target }) => fates.chooseTime(rdv, times.find((at) => valueOf(at) === target.value) ?? null)}
          choices={[
            ...(isRefused ? [{ value: REFUSED, label: refusedTimeWords(wordsOf(time)) }] : []),
            ...times.map((at) => ({ value: valueOf(at), label: wordsOf(at) })),
            { value: LATER, label: MOVE_LATER },
          ]}
        />
      </div>
      {!isRefused && <p className="text-ink-soft">{time ? MOVED_TELLS : TO_MOVE_LATER}</p>}
    </>
  )
}
