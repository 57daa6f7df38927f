import { formPage, formRoute } from '@/app/_lib/form-route'

const HERE = '/super/double-authentification'

export const POST = formRoute(
  async ({ caller }) => {
    await caller.superAdmins.prepareFactor()
    return HERE
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
