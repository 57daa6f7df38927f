import { formPage, formRoute } from '@/app/_lib/form-route'
import { accountLinkSchema } from '@/server/access/schema'
import { openPersonSession } from '@/server/person-api'
import { HOME, SIGN_IN, unlessTooOften, withNotice } from '../../_components/steps'

export const POST = formRoute(
  ({ fields }) =>
    unlessTooOften(SIGN_IN, async () => {
      const link = accountLinkSchema.safeParse({ token: fields.jeton })
      const opened = link.success ? await openPersonSession({ by: 'link', token: link.data.token }) : null
      if (!opened?.ok) return withNotice(SIGN_IN, 'lien-perime')
      return opened.value === 'name' ? '/mes-rdv/nom' : HOME
    }),
  { backHref: SIGN_IN },
)

export const GET = formPage(SIGN_IN)
