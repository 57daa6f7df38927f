import { formPage, formRoute } from '@/app/_lib/form-route'

export const POST = formRoute(
  async ({ caller }) => {
    await caller.impersonation.end()
    return '/super?avis=quitte'
  },
  { backHref: '/super' },
)

export const GET = formPage('/super')
