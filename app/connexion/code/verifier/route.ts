import { formPage, formRoute } from '@/app/_lib/form-route'
import { returnPath } from '@/server/access/rules/return-path'
import { codeSchema } from '@/server/access/schema/super-admins'
import { openSessionWithCode } from '@/server/api'
import { dropEmail } from '../../_components/typed'
import { waitNotice, withNotice } from '../../_components/urls'

const HERE = '/connexion/code'

export const POST = formRoute(
  async ({ fields }) => {
    const { retour } = fields
    const typed = codeSchema.safeParse(fields)
    if (!typed.success) return withNotice(HERE, 'code', { retour })
    try {
      const outcome = await openSessionWithCode(typed.data.code)
      if (!outcome.ok) {
        return outcome.reason === 'too-late'
          ? withNotice('/connexion', 'trop-tard', { retour })
          : withNotice(HERE, 'code', { retour })
      }
    } catch (error) {
      return waitNotice(HERE, error, { retour })
    }
    await dropEmail()
    return returnPath(retour)
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
