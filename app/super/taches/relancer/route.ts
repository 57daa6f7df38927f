import { saveRoute } from '@/app/_lib/save-route'
import { jobSchema } from '@/server/access/schema/super-admins'

export const { POST, GET } = saveRoute(
  {
    form: 'tache',
    schema: jobSchema,
    read: ({ fields }) => ({ jobId: fields.tache }),
    save: (caller, input) => caller.superAdmins.retryJob(input),
    page: () => '/super/taches',
    then: () => '/super/taches?avis=relance',
  },
  '/super/taches',
)
