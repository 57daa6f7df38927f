import { formPage, formRoute } from '@/app/_lib/form-route'
import { confirmOwnEmailSchema } from '@/server/booking/schema/account'
import { CONTACTS, SIGN_IN, unlessTooOften, withNotice } from '../../../_components/steps'

export const POST = formRoute(
  ({ fields, caller }) =>
    unlessTooOften(SIGN_IN, async () => {
      const link = confirmOwnEmailSchema.safeParse({ token: fields.jeton, usagerId: fields.dossier })
      const changed = link.success ? await caller.account.confirmEmail(link.data) : null
      if (changed?.ok)
        return withNotice(CONTACTS, changed.value.isEverywhere ? 'adresse-changee' : 'adresse-changee-en-partie')
      if (link.success && changed?.reason === 'which-person')
        return `${withNotice(`${CONTACTS}/adresse`, 'adresse-de-qui')}&${new URLSearchParams({ jeton: link.data.token }).toString()}`
      if (changed?.reason === 'email-taken') return withNotice(CONTACTS, 'adresse-prise')
      return withNotice(SIGN_IN, changed?.reason === 'elsewhere' ? 'lien-ailleurs' : 'lien-perime')
    }),
  { backHref: SIGN_IN, isPersonal: true },
)

export const GET = formPage(CONTACTS)
