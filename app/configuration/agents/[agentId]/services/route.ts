import { saveRoute, tickedIn, withQuery } from '@/app/_lib/save-route'
import { setServicesSchema } from '@/server/access/schema/administration'

type Texts = Readonly<Record<string, string>>
const pageOf = ({ agentId = '' }: Texts, { territoryId = '' }: Texts) =>
  withQuery(`/configuration/agents/${encodeURIComponent(agentId)}`, { territoire: territoryId })

export const { POST, GET } = saveRoute({
  form: 'services-agent',
  schema: setServicesSchema,
  read: ({ fields, params }) => ({ ...fields, ...params, serviceIds: tickedIn(fields, 'service') }),
  save: (caller, input) => caller.administration.setServices(input),
  page: pageOf,
  then: (_, params, { territoryId }) =>
    withQuery(pageOf(params, { territoryId: String(territoryId) }), { avis: 'enregistre' }),
})
