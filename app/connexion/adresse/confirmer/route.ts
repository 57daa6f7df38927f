import { formPage, formRoute } from '@/app/_lib/form-route'
import { confirmEmailSchema } from '@/server/access/schema/administration'
import { withNotice } from '../../_components/urls'

const HERE = '/connexion/adresse'

export const POST = formRoute(
  async ({ fields: { jeton = '' }, caller }) => {
    const typed = confirmEmailSchema.safeParse({ token: jeton })
    if (!typed.success) return HERE
    const outcome = await caller.administration.confirmEmailChange(typed.data)
    if (outcome.ok) return withNotice('/connexion', 'adresse-changee')
    return `${HERE}?${new URLSearchParams({ jeton, ...(outcome.reason === 'email-taken' && { avis: 'prise' }) }).toString()}`
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
