import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { idIn, idsIn } from '@/app/_lib/search'
import { AGENT_HOME } from '@/server/access/rules/return-path'
import { rescheduleRdvSchema, startField } from '@/server/booking/schema'
import { movingHref, readMoving } from '../_components/moving'

/** Moves the RDV as the page showed it; a refusal goes back to that page, its choices kept in the address. */
export const { POST, GET } = saveRoute(
  {
    form: 'deplacer',
    schema: rescheduleRdvSchema,
    read: ({ fields, params }) => ({
      rdvId: idIn(params.rdvId),
      knownSequence: Number(fields.version),
      startAt: startField.safeParse(fields.debut).data,
      durationMin: Number(fields.duree),
      lieuId: idIn(fields.lieu),
      agentIds: idsIn(fields.agents, 10),
      acknowledged: (fields.sus ?? '').split(',').filter(Boolean),
    }),
    save: (caller, input) => caller.booking.rescheduleRdv(input),
    // The zone is of no use: what comes from that page is an instant.
    page: (params, fields) => movingHref(idIn(params.rdvId) ?? 0, readMoving(fields, 'Europe/Paris')),
    then: ({ rdvId }) => withQuery(`/agent/rdvs/${rdvId}`, { place: 'deplace' }),
  },
  AGENT_HOME,
)
