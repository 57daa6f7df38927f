import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { idIn, idsIn } from '@/app/_lib/search'
import { AGENT_HOME } from '@/server/access/rules/return-path'
import { MAX_SERIES } from '@/server/booking/rules/rdv-series'
import { cancelFollowingSchema } from '@/server/booking/schema/series'

/** Cancels those that were shown; when they are others by then, the page shows them. */
export const { POST, GET } = saveRoute(
  {
    form: 'annuler-suivants',
    schema: cancelFollowingSchema,
    read: ({ fields, params }) => ({
      rdvId: idIn(params.rdvId),
      to: fields.statut,
      rdvIds: idsIn(fields.rdvs, MAX_SERIES),
    }),
    save: (caller, input) => caller.booking.cancelFollowing(input),
    page: ({ rdvId }) => `/agent/rdvs/${idIn(rdvId) ?? 0}/annuler-suivants`,
    then: (_value, params) => withQuery(`/agent/rdvs/${idIn(params.rdvId) ?? 0}`, { place: 'suivants' }),
  },
  AGENT_HOME,
)
