import { formPage, formRoute } from '@/app/_lib/form-route'
import { returnPath } from '@/server/access/rules/return-path'
import { passwordSignInSchema } from '@/server/access/schema'
import { openSession } from '@/server/api'
import { dropEmail, keepEmail } from '../_components/typed'
import { codePage, waitNotice, withNotice } from '../_components/urls'

const HERE = '/connexion'

export const POST = formRoute(
  async ({ fields, isSecure }) => {
    const { retour, email = '' } = fields
    await keepEmail(email, isSecure)
    const typed = passwordSignInSchema.safeParse(fields)
    if (!typed.success) {
      const isEmpty = !fields.email || !fields.password
      return withNotice(HERE, isEmpty ? 'incomplet' : 'identifiants', { retour })
    }
    try {
      const outcome = await openSession({ by: 'password', ...typed.data })
      if (!outcome.ok)
        return withNotice(HERE, outcome.reason === 'no-place' ? 'sans-place' : 'identifiants', { retour })
      if (outcome.value === 'code') return codePage(retour)
    } catch (error) {
      return waitNotice(HERE, error, { retour })
    }
    await dropEmail()
    return returnPath(retour)
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
