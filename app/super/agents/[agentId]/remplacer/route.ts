import { saveRoute } from '@/app/_lib/save-route'
import { startImpersonationSchema } from '@/server/access/schema/super-admins'

export const { POST, GET } = saveRoute(
  {
    form: 'remplacer',
    schema: startImpersonationSchema,
    read: ({ params, fields }) => ({ agentId: params.agentId, reason: fields.reason ?? '' }),
    save: (caller, input) => caller.impersonation.start(input),
    page: ({ agentId = '' }) => `/super/agents/${encodeURIComponent(agentId)}`,
    then: () => '/agent',
  },
  '/super/agents',
)
