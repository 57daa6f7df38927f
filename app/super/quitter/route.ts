import { formPage, formRoute } from '@/app/_lib/form-route'
import { faultIn } from '@/server/api'

export const POST = formRoute(
  async ({ caller }) => {
    try {
      await caller.impersonation.end()
    } catch (error) {
      // Over already: its half-hour is past, or another tab was quicker. Whoever leaves has left.
      const code = faultIn(error)?.code
      if (code !== 'unauthenticated' && code !== 'not-found') throw error
    }
    return '/super?avis=quitte'
  },
  { backHref: '/super' },
)

export const GET = formPage('/super')
