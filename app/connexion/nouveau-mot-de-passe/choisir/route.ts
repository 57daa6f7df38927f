import { formPage, formRoute } from '@/app/_lib/form-route'
import { passwordFaults } from '@/server/access/rules/password'
import { newPasswordSchema } from '@/server/access/schema'
import { waitNotice, withNotice } from '../../_components/urls'

const HERE = '/connexion/nouveau-mot-de-passe'
const ASK = '/connexion/mot-de-passe-oublie'

export const POST = formRoute(
  async ({ fields, caller }) => {
    const { jeton = '', password = '' } = fields
    const isInvitation = fields.objet === 'invitation'
    const objet: Record<string, string> = isInvitation ? { objet: 'invitation' } : {}
    const typed = newPasswordSchema.safeParse({
      token: jeton,
      purpose: isInvitation ? 'invitation' : 'reset-password',
      password,
    })
    if (!typed.success) {
      const fautes = passwordFaults(password).join('.')
      return `${HERE}?${new URLSearchParams({ jeton, ...objet, fautes }).toString()}`
    }
    try {
      const outcome = await caller.access.choosePassword(typed.data)
      if (outcome.ok) return withNotice('/connexion', isInvitation ? 'compte-ouvert' : 'mot-de-passe-change')
      return isInvitation
        ? `${HERE}?${new URLSearchParams({ jeton, ...objet }).toString()}`
        : withNotice(ASK, 'lien-perime')
    } catch (error) {
      return waitNotice(HERE, error, { jeton, ...objet })
    }
  },
  { backHref: ASK },
)

export const GET = formPage(ASK)
