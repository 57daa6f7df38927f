import { waitNotice, withNotice } from '@/app/connexion/_components/urls'
import { formPage, formRoute } from '@/app/_lib/form-route'
import { passwordSignInSchema } from '@/server/access/schema'
import { openSession } from '@/server/api'

const HERE = '/super/connexion'

export const POST = formRoute(
  async ({ fields }) => {
    const typed = passwordSignInSchema.safeParse(fields)
    if (!typed.success) return withNotice(HERE, fields.email && fields.password ? 'identifiants' : 'incomplet')
    try {
      const outcome = await openSession({ by: 'super-password', ...typed.data })
      if (!outcome.ok) return withNotice(HERE, 'identifiants')
      return outcome.value === 'code' ? '/super/code' : '/super/double-authentification'
    } catch (error) {
      return waitNotice(HERE, error)
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
