import { formPage, formRoute } from '@/app/_lib/form-route'
import { AGENT_HOME } from '@/server/access/rules/return-path'
import { linkSchema } from '@/server/access/schema'
import { openSession } from '@/server/api'
import { dropEmail } from '../../_components/typed'
import { codePage, waitNotice, withNotice } from '../../_components/urls'

const HERE = '/connexion/lien'

export const POST = formRoute(
  async ({ fields }) => {
    const link = linkSchema.safeParse({ token: fields.jeton, purpose: 'sign-in' })
    if (!link.success) return withNotice(HERE, 'lien-perime')
    try {
      const outcome = await openSession({ by: 'link', token: link.data.token })
      if (!outcome.ok) return withNotice(HERE, outcome.reason === 'no-place' ? 'sans-place' : 'lien-perime')
      if (outcome.value === 'code') return codePage()
    } catch (error) {
      return waitNotice(HERE, error)
    }
    await dropEmail()
    return AGENT_HOME
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
