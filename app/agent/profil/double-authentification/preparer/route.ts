import { formPage, formRoute } from '@/app/_lib/form-route'

const HERE = '/agent/profil/double-authentification'

export const POST = formRoute(
  async ({ caller }) => {
    await caller.secondFactor.prepare()
    return HERE
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
