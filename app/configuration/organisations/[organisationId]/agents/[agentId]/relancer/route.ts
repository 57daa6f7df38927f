import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { memberSchema } from '@/server/access/schema/administration'

const agentsOf = ({ organisationId = '' }: Readonly<Record<string, string>>) =>
  `/configuration/organisations/${encodeURIComponent(organisationId)}/agents`

const pageOf = (params: Readonly<Record<string, string>>) =>
  `${agentsOf(params)}/${encodeURIComponent(params.agentId ?? '')}`

export const { POST, GET } = saveRoute({
  form: 'relancer',
  schema: memberSchema,
  read: ({ params }) => params,
  save: (caller, input) => caller.administration.renewInvitation(input),
  // An offered place has no page of its own: it is sent again from the list.
  page: (params, { offre }) => (offre ? agentsOf(params) : pageOf(params)),
  then: ({ isOffer }, params) => withQuery(isOffer ? agentsOf(params) : pageOf(params), { avis: 'relance' }),
})
