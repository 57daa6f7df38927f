import { formPage, formRoute } from '@/app/_lib/form-route'
import { NAME_LETTERS_MAX } from '@/server/access/rules/accounts'
import { openPersonSession } from '@/server/person-api'
import { HOME, SIGN_IN, unlessTooOften, withNotice } from '../../_components/steps'

const HERE = '/mes-rdv/nom'

export const POST = formRoute(
  ({ fields }) =>
    unlessTooOften(HERE, async () => {
      const opened = await openPersonSession({ by: 'name', letters: (fields.lettres ?? '').slice(0, NAME_LETTERS_MAX) })
      if (opened.ok) return HOME
      if (opened.reason === 'unknown-name') return withNotice(HERE, 'nom-inconnu')
      if (opened.reason === 'several-names') return withNotice(HERE, 'plusieurs-noms')
      return withNotice(SIGN_IN, 'code-perime')
    }),
  { backHref: HERE },
)

export const GET = formPage(HERE)
