import { saveRoute } from '@/app/_lib/save-route'
import { removeAgentFactorSchema } from '@/server/access/schema/super-admins'

const pageOf = (agentId: string | number) => `/super/agents/${encodeURIComponent(agentId)}/double-authentification`

export const { POST, GET } = saveRoute(
  {
    form: 'retirer-double',
    schema: removeAgentFactorSchema,
    read: ({ params, fields }) => ({ agentId: params.agentId, reason: fields.reason ?? '' }),
    save: (caller, input) => caller.superAdmins.removeAgentFactor(input),
    page: ({ agentId = '' }) => pageOf(agentId),
    then: (_, __, { agentId }) => `${pageOf(agentId)}?avis=double-retiree`,
  },
  '/super/agents',
)
