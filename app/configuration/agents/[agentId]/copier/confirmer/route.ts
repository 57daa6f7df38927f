import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { copyAccessesSchema } from '@/server/access/schema/rights'

const agentHref = (agentId: string | number) => `/configuration/agents/${encodeURIComponent(agentId)}`

export const { POST, GET } = saveRoute({
  form: 'copie',
  schema: copyAccessesSchema,
  read: ({ fields, params }) => ({ ...fields, toAgentId: params.agentId }),
  save: (caller, input) => caller.rights.copyAccesses(input),
  page: ({ agentId = '' }, { territoryId = '', fromAgentId = '', mode = '' }) =>
    withQuery(`${agentHref(agentId)}/copier`, { territoire: territoryId, de: fromAgentId, mode }),
  then: (_, __, { toAgentId, territoryId }) =>
    withQuery(agentHref(toAgentId), { territoire: String(territoryId), avis: 'copie' }),
})
