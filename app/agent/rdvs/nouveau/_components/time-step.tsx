import { missingTimes, TimeFields } from '@/app/_parts/booking/agent/time-fields'
import { Button } from '@/app/_ui/button'
import { ErrorSummary } from '@/app/_ui/error-summary'
import type { Placement } from '@/server/booking/rules/placing'
import { LieuField } from './lieu-field.client'
import { keptAs, parametersOf, PATH, type Placing } from './placing'

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
  const { startAt, lieu: lieuId, agents: agentIds } = placing
  const isOnSite = motif.locationType === 'public_office'
  const errors = isAnswered ? missingTimes({ startAt, lieuId, agentIds }, isOnSite) : []
  return (
    <form action={PATH} className="space-y-6">
      <ErrorSummary errors={errors} />
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="envoi" value="1" />
      <TimeFields
        zone={motif.zone}
        chosen={{
          startAt,
          lieuId: null,
          agentIds: agentIds.length > 0 ? agentIds : agents.slice(0, 1).map(({ id }) => id),
          durationMin: placing.durationMin ?? motif.durationMin,
        }}
        usualMin={motif.durationMin}
        lieux={[]}
        {...(isOnSite && {
          place: (
            <LieuField
              lieux={lieux}
              lieu={lieuId}
              error={errors.find(({ name }) => name === 'lieu')?.message}
              keptAs={keptAs(placing, 'lieu')}
            />
          ),
        })}
        agents={agents}
        errors={errors}
      />
      <Button>Continuer</Button>
    </form>
  )
}
