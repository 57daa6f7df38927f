import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepTyped } from '@/app/_lib/kept'
import { accountNotices, phoneFaultNotices } from '@/app/_words/account'
import { CONTACTS, unlessTooOften } from '../../_components/steps'

export const POST = formRoute(
  ({ fields, caller, isSecure }) =>
    unlessTooOften(CONTACTS, async () => {
      const phone = (fields.phone ?? '').slice(0, 30)
      const asked = await caller.account.askContact({ kind: 'phone', phone })
      if (asked.ok) {
        const { challengeId } = asked.value
        await keepTyped({ form: 'mon-code', fields: { demande: String(challengeId) }, faults: {} }, isSecure)
        return `${CONTACTS}/code`
      }
      const faults = { phone: accountNotices[phoneFaultNotices[asked.reason]].text }
      await keepTyped({ form: 'mes-coordonnees', fields: { phone }, faults }, isSecure)
      return `${CONTACTS}?erreurs=1`
    }),
  { backHref: CONTACTS, isPersonal: true },
)

export const GET = formPage(CONTACTS)
