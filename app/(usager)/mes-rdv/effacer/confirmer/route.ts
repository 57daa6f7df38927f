import { formPage, formRoute } from '@/app/_lib/form-route'
import { closePersonSession } from '@/server/person-api'
import { SIGN_IN, withNotice } from '../../_components/steps'

export const POST = formRoute(
  async () => {
    await closePersonSession('delete')
    return withNotice(SIGN_IN, 'compte-efface')
  },
  { backHref: '/mes-rdv/effacer', isLeaving: true, isPersonal: true },
)

export const GET = formPage('/mes-rdv/effacer')
