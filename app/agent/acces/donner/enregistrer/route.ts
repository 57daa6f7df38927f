import { saveRoute, tickedIn, withQuery } from '@/app/_lib/save-route'
import { idIn } from '@/app/_lib/search'
import { GRANT_FORM } from '@/app/_parts/access/grant-form'
import { createGrantSchema } from '@/server/access/schema/rights'

type Texts = Readonly<Record<string, string>>

/** « agent-12 », « group-3 », « everyone-4 »: one answer of a list, as the schema reads it. */
function partyIn(value = '', serviceId = ''): unknown {
  const [kind, id] = value.split('-')
  if (kind === 'agent') return { kind, agentId: id }
  if (kind === 'group') return { kind, groupId: id }
  if (kind === 'everyone') return { kind, organisationId: id, serviceId: serviceId === '' ? null : serviceId }
  return undefined
}

const anyOr = (ids: readonly string[]) => (ids.length === 0 ? 'any' : ids)

const accessesOf = ({ agent, territoryId, admin }: Texts, more = ''): string => {
  const [agentId, territory] = [idIn(agent), idIn(territoryId)]
  if (admin !== 'oui' || agentId === null || territory === null) return `/agent/acces${more}`
  return withQuery(`/configuration/agents/${agentId}${more}`, { territoire: String(territory) })
}

export const { POST, GET } = saveRoute(
  {
    form: GRANT_FORM,
    schema: createGrantSchema,
    read: ({ fields }) => ({
      ...fields,
      grantee: partyIn(fields.grantee),
      target: partyIn(fields.target, fields.targetService),
      organisationIds: anyOr(tickedIn(fields, 'organisation')),
      serviceIds: anyOr(tickedIn(fields, 'service')),
    }),
    save: (caller, input) => caller.rights.createGrant(input),
    page: (_, fields) => accessesOf(fields, '/donner'),
    then: (_, __, ___, fields) => withQuery(accessesOf(fields), { avis: 'donne' }),
    fieldOf: { 'same-agent': 'grantee', 'not-of-territory': 'grantee', 'already-given': 'grantee' },
  },
  '/agent/acces',
)
