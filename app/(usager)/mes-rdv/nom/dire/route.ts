import { formPage, formRoute } from '@/app/_lib/form-route'
import { openPersonSession } from '@/server/person-api'
import { HOME, SIGN_IN, unlessTooOften, withNotice } from '../../_components/steps'

const HERE = '/mes-rdv/nom'

export const POST = formRoute(
  ({ fields }) =>
    unlessTooOften(HERE, async () => {
      const opened = await openPersonSession({ by: 'name', letters: (fields.lettres ?? '').slice(0, 40) })
      if (opened.ok) return HOME
      return opened.reason === 'unknown-name' ? withNotice(HERE, 'nom-inconnu') : withNotice(SIGN_IN, 'code-perime')
    }),
  { backHref: HERE },
)

export const GET = formPage(HERE)
