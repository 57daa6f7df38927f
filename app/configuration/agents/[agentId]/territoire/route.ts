import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setTerritoryAdminSchema } from '@/server/access/schema/administration'

type Texts = Readonly<Record<string, string>>
const pageOf = ({ agentId = '' }: Texts, { territoryId = '' }: Texts) =>
  withQuery(`/configuration/agents/${encodeURIComponent(agentId)}`, { territoire: territoryId })

export const { POST, GET } = saveRoute({
  form: 'territoire-agent',
  schema: setTerritoryAdminSchema,
  read: ({ fields, params }) => ({ ...fields, ...params, isAdmin: fields.isAdmin === 'oui' }),
  save: (caller, input) => caller.administration.setTerritoryAdmin(input),
  page: pageOf,
  then: (_, params, { territoryId }) =>
    withQuery(pageOf(params, { territoryId: String(territoryId) }), { avis: 'enregistre' }),
})
