import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepTyped } from '@/app/_lib/kept'
import { accountNotices } from '@/app/_words/account'
import { askPersonLink } from '@/server/person-api'
import { emailField } from '@/server/kernel/fields'
import { SIGN_IN, unlessTooOften } from '../../_components/steps'

export const POST = formRoute(
  ({ fields, isSecure }) =>
    unlessTooOften(SIGN_IN, async () => {
      const email = emailField.safeParse(fields.email ?? '')
      if (email.success) {
        await askPersonLink(email.data)
        return `${SIGN_IN}?envoye=lien`
      }
      const faults = { email: accountNotices['adresse-invalide'].text }
      await keepTyped({ form: 'mes-rdv-adresse', fields: { email: fields.email ?? '' }, faults }, isSecure)
      return `${SIGN_IN}?erreurs=1`
    }),
  { backHref: SIGN_IN },
)

export const GET = formPage(SIGN_IN)
