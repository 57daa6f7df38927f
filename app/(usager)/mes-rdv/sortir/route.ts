import { formPage, formRoute } from '@/app/_lib/form-route'
import { closePersonSession } from '@/server/person-api'
import { HOME, SIGN_IN, withNotice } from '../_components/steps'

export const POST = formRoute(
  async ({ fields }) => {
    const scope = fields.partout === 'oui' ? 'everywhere' : 'session'
    await closePersonSession(scope)
    return withNotice(SIGN_IN, scope === 'everywhere' ? 'deconnecte-partout' : 'deconnecte')
  },
  { backHref: HOME, isLeaving: true, isPersonal: true },
)

export const GET = formPage(HOME)
