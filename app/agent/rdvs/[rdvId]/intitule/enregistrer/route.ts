import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { idIn } from '@/app/_lib/search'
import { AGENT_HOME } from '@/server/access/rules/return-path'
import { setTitleSchema } from '@/server/booking/schema/session-title'
import { titleFormOf } from '../_components/title-form'

/** Names the session as the form showed it; what is refused goes back to the form with what was typed. */
export const { POST, GET } = saveRoute(
  {
    form: ({ rdvId }) => titleFormOf(rdvId),
    schema: setTitleSchema,
    read: ({ fields, params }) => ({
      rdvId: idIn(params.rdvId),
      knownSequence: fields.version,
      title: fields.title ?? '',
    }),
    save: (caller, input) => caller.booking.setTitle(input),
    page: ({ rdvId = '' }) => `/agent/rdvs/${encodeURIComponent(rdvId)}/intitule`,
    then: ({ rdvId, isChanged }) =>
      withQuery(`/agent/rdvs/${rdvId}`, { place: isChanged ? 'intitule' : 'meme-intitule' }),
  },
  AGENT_HOME,
)
