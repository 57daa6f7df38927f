import { formPage, formRoute } from '@/app/_lib/form-route'
import { passwordFaults } from '@/server/access/rules/password'
import { newPasswordSchema } from '@/server/access/schema'
import { waitNotice, withNotice } from '../../_components/urls'

const HERE = '/connexion/nouveau-mot-de-passe'
const ASK = '/connexion/mot-de-passe-oublie'

export const POST = formRoute(
  async ({ fields, caller }) => {
    const { jeton = '', password = '' } = fields
    const typed = newPasswordSchema.safeParse({ token: jeton, password })
    if (!typed.success) {
      const fautes = passwordFaults(password).join('.')
      return `${HERE}?${new URLSearchParams({ jeton, fautes }).toString()}`
    }
    try {
      const outcome = await caller.access.choosePassword(typed.data)
      return outcome.ok ? withNotice('/connexion', 'mot-de-passe-change') : withNotice(ASK, 'lien-perime')
    } catch (error) {
      return waitNotice(HERE, error, { jeton })
    }
  },
  { backHref: ASK },
)

export const GET = formPage(ASK)
