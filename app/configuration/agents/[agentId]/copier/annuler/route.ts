import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { undoCopySchema } from '@/server/access/schema/rights'

type Texts = Readonly<Record<string, string>>
const pageOf = ({ agentId = '' }: Texts, { territoire = '' }: Texts) =>
  withQuery(`/configuration/agents/${encodeURIComponent(agentId)}`, { territoire })

export const { POST, GET } = saveRoute({
  form: 'copie-annulee',
  schema: undoCopySchema,
  read: ({ fields, params }) => ({ ...fields, ...params }),
  save: (caller, input) => caller.rights.undoCopy(input),
  page: pageOf,
  then: (_, params, __, fields) => withQuery(pageOf(params, fields), { avis: 'annule' }),
})
