import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { memberSchema } from '@/server/access/schema/administration'

const pageOf = ({ organisationId = '', agentId = '' }: Readonly<Record<string, string>>) =>
  `/configuration/organisations/${encodeURIComponent(organisationId)}/agents/${encodeURIComponent(agentId)}`

export const { POST, GET } = saveRoute({
  form: 'relancer',
  schema: memberSchema,
  read: ({ params }) => params,
  save: (caller, input) => caller.administration.renewInvitation(input),
  page: pageOf,
  then: (_, params) => withQuery(pageOf(params), { avis: 'relance' }),
})
