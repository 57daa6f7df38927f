import { saveRoute } from '@/app/_lib/save-route'
import { saveFilterSchema } from '@/server/booking/schema/rdv-list'
import { keptIn, listHref, PATH } from '../../_components/asked'

export const { POST, GET } = saveRoute(
  {
    form: 'filtre',
    schema: saveFilterSchema,
    read: ({ fields }) => ({ name: fields.name ?? '', query: keptIn(fields), isDefault: fields.isDefault === 'oui' }),
    save: (caller, input) => caller.lists.saveFilter(input),
    page: (_, fields) => listHref(keptIn(fields)),
    then: (_, __, input) => listHref(input.query, { filtre: 'garde' }),
    fieldOf: { 'name-taken': 'name', 'too-many': 'name' },
  },
  PATH,
)
