import { formPage, formRoute } from '@/app/_lib/form-route'
import { accountLinkSchema } from '@/server/access/schema'
import { CONTACTS, SIGN_IN, unlessTooOften, withNotice } from '../../../_components/steps'

export const POST = formRoute(
  ({ fields, caller }) =>
    unlessTooOften(SIGN_IN, async () => {
      const link = accountLinkSchema.safeParse({ token: fields.jeton })
      const changed = link.success ? await caller.account.confirmEmail(link.data) : null
      if (changed?.ok) return withNotice(CONTACTS, 'adresse-changee')
      return changed?.reason === 'email-taken'
        ? withNotice(CONTACTS, 'adresse-prise')
        : withNotice(SIGN_IN, 'lien-perime')
    }),
  { backHref: SIGN_IN, isPersonal: true },
)

export const GET = formPage(CONTACTS)
