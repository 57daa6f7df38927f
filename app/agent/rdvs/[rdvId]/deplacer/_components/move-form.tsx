import { WarningNotice } from '@/app/_parts/booking/agent/warning-list'
import { Button, buttonClass } from '@/app/_ui/button'
import { nameWords } from '@/app/_words/agent'
import type { AgentRdv } from '@/server/booking/rules/agent-views'
import type { Rescheduling } from '@/server/booking/rules/reschedule'
import { movingHref, parametersOf, pathOf, type Moving } from './moving'

/** What one is warned of, then one button; everything the page showed goes with it. */
export function MoveForm({ rdv, moving, rescheduling }: { rdv: AgentRdv; moving: Moving; rescheduling: Rescheduling }) {
  const { agents, sequence } = rescheduling
  const warnings = rescheduling.warnings ?? []
  const names = {
    agentOf: (agentId: number) => agents.find(({ id }) => id === agentId)?.name ?? 'Un agent',
    usagerOf: (usagerId: number) => {
      const person = rdv.people.find((one) => one.usagerId === usagerId)
      return person ? nameWords(person) : 'Cette personne'
    },
    zone: rdv.zone,
  }
  const whole = {
    ...moving,
    durationMin: moving.durationMin ?? rdv.durationMin,
    lieuId: moving.lieuId ?? rdv.lieuId,
  }
  const fields: [string, string][] = [
    ...parametersOf(whole),
    ['version', String(sequence)],
    ['sus', [...new Set(warnings.map(({ kind }) => kind))].join(',')],
  ]
  return (
    <form method="post" action={`${pathOf(rdv.id)}/enregistrer`} className="space-y-6">
      <WarningNotice warnings={warnings} names={names} />
      {fields.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button>{warnings.length > 0 ? 'Déplacer en le sachant' : 'Déplacer le RDV'}</Button>
        <a href={movingHref(rdv.id, moving, 'horaire')} className={buttonClass({ variant: 'secondary' })}>
          Changer d’horaire
        </a>
      </div>
    </form>
  )
}
