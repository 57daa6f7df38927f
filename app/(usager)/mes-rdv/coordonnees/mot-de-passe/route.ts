import { formPage, formRoute } from '@/app/_lib/form-route'
import { keepTyped } from '@/app/_lib/kept'
import { passwordFaultWords } from '@/app/_words/access'
import { passwordFaults } from '@/server/access/rules/password'
import { CONTACTS, withNotice } from '../../_components/steps'

const NOTICES = { 'email-missing': 'adresse-manque', 'email-shared': 'adresse-partagee' } as const

export const POST = formRoute(
  async ({ fields, caller, isSecure }) => {
    const { password = '' } = fields
    const [fault] = passwordFaults(password)
    if (fault) {
      await keepTyped(
        { form: 'mes-coordonnees', fields: {}, faults: { password: passwordFaultWords[fault] } },
        isSecure,
      )
      return `${CONTACTS}?erreurs=1#champ-password`
    }
    const set = await caller.account.setPassword({ password })
    return withNotice(CONTACTS, set.ok ? 'mot-de-passe-choisi' : NOTICES[set.reason])
  },
  { backHref: CONTACTS, isPersonal: true },
)

export const GET = formPage(CONTACTS)
