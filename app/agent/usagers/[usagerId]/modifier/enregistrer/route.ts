import { saveRoute, withQuery } from '@/app/_lib/save-route'
import { idIn } from '@/app/_lib/search'
import { saveUsagerSchema } from '@/server/people/schema'
import { FILE_FORM, saveInput } from '../_components/typed-file'

const sheetOf = (usagerId: string | undefined) => `/agent/usagers/${encodeURIComponent(usagerId ?? '')}`

/** Saves a file from the version its form showed; what is refused goes back to the form with everything typed. */
export const { POST, GET } = saveRoute(
  {
    form: FILE_FORM,
    schema: saveUsagerSchema,
    read: ({ fields, params }) => saveInput(idIn(params.usagerId), fields),
    save: (caller, input) => caller.booking.saveUsager(input),
    page: ({ usagerId }) => `${sheetOf(usagerId)}/modifier`,
    then: ({ changed }, { usagerId }) =>
      withQuery(sheetOf(usagerId), { avis: changed.length > 0 ? 'enregistre' : 'inchange' }),
    fieldOf: {
      'not-a-phone': 'phone',
      'not-a-day': 'bornOn',
      'in-the-future': 'bornOn',
      'too-old': 'bornOn',
      'email-taken': 'email',
      'consents-theirs': 'notifyBySms',
    },
  },
  '/agent/usagers',
)
