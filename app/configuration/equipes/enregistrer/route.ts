import { saveRoute, tickedIn, withQuery } from '@/app/_lib/save-route'
import { saveGroupSchema } from '@/server/access/schema/rights'
import { GROUP_FORM } from '../_components/group-form'

const HOME = '/configuration/equipes'

export const { POST, GET } = saveRoute({
  form: GROUP_FORM,
  schema: saveGroupSchema,
  read: ({ fields }) => ({ ...fields, groupId: fields.groupId || null, agentIds: tickedIn(fields, 'agent') }),
  save: (caller, input) => caller.rights.saveGroup(input),
  page: (_, { groupId, territoryId = '' }) =>
    groupId ? `${HOME}/${encodeURIComponent(groupId)}` : withQuery(`${HOME}/nouvelle`, { territoire: territoryId }),
  then: ({ groupId }) => withQuery(`${HOME}/${groupId}`, { avis: 'enregistre' }),
  fieldOf: { 'name-taken': 'name', 'not-of-territory': 'agentIds' },
})
