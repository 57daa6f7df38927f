import { formPage, formRoute } from '@/app/_lib/form-route'
import { faultIn } from '@/server/api'

const HERE = '/agent/nouveautes'

export const POST = formRoute(
  async ({ caller }) => {
    try {
      await caller.messaging.seeNews()
      return `${HERE}?avis=vues`
    } catch (error) {
      if (faultIn(error)?.code !== 'unauthenticated') throw error
      return `/connexion?${new URLSearchParams({ retour: HERE }).toString()}`
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
