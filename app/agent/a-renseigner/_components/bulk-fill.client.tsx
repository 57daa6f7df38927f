'use client'

import { useState } from 'react'
import { capitalise, formatDay, formatTime } from '@/app/_lib/dates'
import { Button } from '@/app/_ui/button'
import { rdvName } from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'

/** Several RDVs held as planned, filled in at once: all are chosen to begin with, whoever did not come is unticked. */
export function BulkFill({ rdvs, onFill }: { rdvs: readonly AgentRdv[]; onFill: (rdvs: AgentRdv[]) => void }) {
  // Those of the page as it opened: what comes meanwhile was looked at by nobody.
  const [ticked, setTicked] = useState<ReadonlySet<number>>(() => new Set(rdvs.map(({ id }) => id)))
  const chosen = rdvs.filter(({ id }) => ticked.has(id))
  const days = [...new Set(rdvs.map(({ onDay }) => onDay))]

  function toggle(id: number, isIn: boolean) {
    const next = new Set(ticked)
    if (isIn) next.add(id)
    else next.delete(id)
    setTicked(next)
  }

  return (
    <details className="rounded-card border border-line bg-card px-4 open:pb-4">
      <summary className="min-h-12 cursor-pointer py-3 font-bold">Renseigner plusieurs RDV honorés à la fois</summary>
      <div className="space-y-3">
        <p className="text-ink-soft">
          Décochez ceux qui ne se sont pas passés comme prévu{'\u00a0'}: ils restent à renseigner.
        </p>
        {days.map((day) => (
          <fieldset key={day}>
            <legend className="font-bold">{capitalise(formatDay(day))}</legend>
            {rdvs
              .filter(({ onDay }) => onDay === day)
              .map((rdv) => (
                <label key={rdv.id} className="flex min-h-11 cursor-pointer items-center gap-3">
                  <input
                    type="checkbox"
                    checked={ticked.has(rdv.id)}
                    onChange={({ target }) => toggle(rdv.id, target.checked)}
                    className="size-5 shrink-0 accent-accent"
                  />
                  <span className="w-16 shrink-0 font-semibold">{formatTime(rdv.startAt, rdv.zone)}</span>
                  <span className="min-w-0">{rdvName(rdv)}</span>
                </label>
              ))}
          </fieldset>
        ))}
        <div className="flex flex-col gap-3 sm:flex-row">
          <Button type="button" disabled={chosen.length === 0} onClick={() => onFill(chosen)}>
            {chosen.length > 1 ? `Marquer les ${chosen.length} RDV honorés` : 'Marquer le RDV honoré'}
          </Button>
          <Button
            type="button"
            variant="quiet"
            onClick={() => setTicked(new Set(chosen.length === 0 ? rdvs.map(({ id }) => id) : []))}
          >
            {chosen.length === 0 ? 'Tout cocher' : 'Tout décocher'}
          </Button>
        </div>
      </div>
    </details>
  )
}
