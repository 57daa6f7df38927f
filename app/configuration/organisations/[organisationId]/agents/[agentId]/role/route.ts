import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { setRoleSchema } from '@/server/access/schema/administration'

const pageOf = ({ organisationId = '', agentId = '' }: Readonly<Record<string, string>>) =>
  `/configuration/organisations/${encodeURIComponent(organisationId)}/agents/${encodeURIComponent(agentId)}`

export const { POST, GET } = saveRoute({
  form: 'role',
  schema: setRoleSchema,
  read: ({ fields, params }) => ({ ...fields, ...params }),
  save: (caller, input) => caller.administration.setRole(input),
  page: pageOf,
  then: (_, params) => withQuery(pageOf(params), { avis: 'enregistre' }),
})
