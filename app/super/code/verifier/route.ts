import { waitNotice, withNotice } from '@/app/connexion/_components/urls'
import { formPage, formRoute } from '@/app/_lib/form-route'
import { codeSchema } from '@/server/access/schema/super-admins'
import { openSessionWithCode } from '@/server/api'

const HERE = '/super/code'

export const POST = formRoute(
  async ({ fields }) => {
    const typed = codeSchema.safeParse(fields)
    if (!typed.success) return withNotice(HERE, 'code')
    try {
      const outcome = await openSessionWithCode(typed.data.code)
      if (outcome.ok) return '/super'
      return outcome.reason === 'too-late' ? withNotice('/super/connexion', 'trop-tard') : withNotice(HERE, 'code')
    } catch (error) {
      return waitNotice(HERE, error)
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
