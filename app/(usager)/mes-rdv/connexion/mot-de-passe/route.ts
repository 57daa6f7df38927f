import { formPage, formRoute } from '@/app/_lib/form-route'
import { passwordSignInSchema } from '@/server/access/schema'
import { openPersonSession } from '@/server/person-api'
import { HOME, SIGN_IN, unlessTooOften, withNotice } from '../../_components/steps'

export const POST = formRoute(
  ({ fields }) =>
    unlessTooOften(SIGN_IN, async () => {
      const typed = passwordSignInSchema.safeParse(fields)
      const opened = typed.success ? await openPersonSession({ by: 'password', ...typed.data }) : null
      return opened?.ok ? HOME : withNotice(SIGN_IN, 'identifiants')
    }),
  { backHref: SIGN_IN },
)

export const GET = formPage(SIGN_IN)
