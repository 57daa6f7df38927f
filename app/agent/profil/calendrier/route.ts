import { formPage, formRoute } from '@/app/_lib/form-route'
import { faultIn } from '@/server/api'

const HERE = '/agent/profil'

/** A new secret address for the agent's calendar. */
export const POST = formRoute(
  async ({ fields, caller }) => {
    const options = { includesOpenings: fields.plages === 'oui', includesAbsences: fields.absences === 'oui' }
    try {
      await caller.booking.renewCalendarFeed(options)
      return `${HERE}#calendrier`
    } catch (error) {
      if (faultIn(error)?.code !== 'unauthenticated') throw error
      return `/connexion?${new URLSearchParams({ retour: HERE }).toString()}`
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)
