import { saveRoute, tickedIn, withQuery } from '@/app/_lib/save-route'
import { inviteAgentSchema } from '@/server/access/schema/administration'

const agentsOf = (organisationId: string | number) => `/configuration/organisations/${organisationId}/agents`

export const { POST, GET } = saveRoute({
  form: 'inviter',
  schema: inviteAgentSchema,
  read: ({ fields, params }) => ({
    ...fields,
    organisationId: params.organisationId,
    serviceIds: tickedIn(fields, 'service'),
    attaches: fields.attaches === 'oui',
  }),
  save: (caller, input) => caller.administration.inviteAgent(input),
  page: ({ organisationId = '' }) => `${agentsOf(encodeURIComponent(organisationId))}/inviter`,
  then: ({ agentId, how }, _, { organisationId }) =>
    how === 'asked'
      ? withQuery(agentsOf(organisationId), { avis: 'propose' })
      : withQuery(`${agentsOf(organisationId)}/${agentId}`, { avis: how === 'by-link' ? 'invite' : 'rattache' }),
  fieldOf: { 'already-member': 'email', 'service-not-offered': 'serviceIds' },
})
