import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepTyped } from '@/app/_lib/kept'
import { accountNotices, phoneFaultNotices } from '@/app/_words/account'
import { askPersonCode } from '@/server/person-api'
import { SIGN_IN, unlessTooOften } from '../../_components/steps'

export const POST = formRoute(
  ({ fields, isSecure }) =>
    unlessTooOften(SIGN_IN, async () => {
      const { phone = '' } = fields
      const asked = await askPersonCode(phone)
      if (asked.ok) return '/mes-rdv/code'
      const faults = { phone: accountNotices[phoneFaultNotices[asked.reason]].text }
      await keepTyped({ form: 'mes-rdv-telephone', fields: { phone }, faults }, isSecure)
      return `${SIGN_IN}?erreurs=1`
    }),
  { backHref: SIGN_IN },
)

export const GET = formPage(SIGN_IN)
