import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { removeAgentSchema } from '@/server/access/schema/administration'

const agentsOf = ({ organisationId = '' }: Readonly<Record<string, string>>) =>
  `/configuration/organisations/${encodeURIComponent(organisationId)}/agents`

export const { POST, GET } = saveRoute({
  form: 'retirer',
  schema: removeAgentSchema,
  read: ({ fields, params }) => ({ ...params, acknowledged: fields.rdvs === 'oui' ? ['future-rdvs'] : [] }),
  save: (caller, input) => caller.booking.removeAgent(input),
  page: (params) => `${agentsOf(params)}/${encodeURIComponent(params.agentId ?? '')}/retirer`,
  then: (_, params) => withQuery(agentsOf(params), { avis: 'parti' }),
})
