import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { saveOrganisationSchema } from '@/server/directory/schema/organisations'
import { ORGANISATION_FORM } from '../_components/organisation-form'

const HOME = '/configuration/organisations'

export const { POST, GET } = saveRoute({
  form: ORGANISATION_FORM,
  schema: saveOrganisationSchema,
  read: ({ fields }) => ({ ...fields, organisationId: fields.organisationId || null }),
  save: (caller, input) => caller.organisations.save(input),
  page: (_, { organisationId, territoryId }) =>
    organisationId
      ? `${HOME}/${encodeURIComponent(organisationId)}/modifier`
      : withQuery(`${HOME}/nouvelle`, { territoire: territoryId ?? '' }),
  then: ({ organisationId }, _, input) =>
    withQuery(`${HOME}/${organisationId}`, { avis: input.organisationId === null ? 'creee' : 'enregistre' }),
  fieldOf: { 'name-taken': 'name', 'phone-unknown': 'phone' },
})
