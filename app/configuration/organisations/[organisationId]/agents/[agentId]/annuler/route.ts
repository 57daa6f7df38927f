import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { memberSchema } from '@/server/access/schema/administration'

const agentsOf = ({ organisationId = '' }: Readonly<Record<string, string>>) =>
  `/configuration/organisations/${encodeURIComponent(organisationId)}/agents`

export const { POST, GET } = saveRoute({
  form: 'annuler-invitation',
  schema: memberSchema,
  read: ({ params }) => params,
  save: (caller, input) => caller.administration.cancelInvitation(input),
  page: agentsOf,
  then: (_, params) => withQuery(agentsOf(params), { avis: 'invitation-annulee' }),
})
