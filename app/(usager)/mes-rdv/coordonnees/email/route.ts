import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepTyped } from '@/app/_lib/kept'
import { accountNotices } from '@/app/_words/account'
import { emailField } from '@/server/kernel/fields'
import { CONTACTS, unlessTooOften } from '../../_components/steps'

export const POST = formRoute(
  ({ fields, caller, isSecure }) =>
    unlessTooOften(CONTACTS, async () => {
      const email = emailField.safeParse(fields.email ?? '')
      if (email.success) {
        await caller.account.askContact({ kind: 'email', email: email.data })
        return `${CONTACTS}?envoye=lien`
      }
      const faults = { email: accountNotices['adresse-invalide'].text }
      await keepTyped({ form: 'mes-coordonnees', fields: { email: fields.email ?? '' }, faults }, isSecure)
      return `${CONTACTS}?erreurs=1`
    }),
  { backHref: CONTACTS, isPersonal: true },
)

export const GET = formPage(CONTACTS)
