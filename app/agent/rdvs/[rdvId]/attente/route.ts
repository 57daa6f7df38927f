import { formPage, formRoute } from '@/app/_lib/form-route'
import { AGENT_HOME } from '@/server/access/rules/return-path'
import { faultIn } from '@/server/api'
import { waitOfRdvSchema } from '@/server/booking/schema/waitlist'
import { AppError } from '@/server/kernel/errors'

/** The people of an RDV are put on the waitlist, or taken off it. */
export const POST = formRoute(
  async ({ params, fields, caller }) => {
    const typed = waitOfRdvSchema.safeParse(params)
    if (!typed.success) throw new AppError('not-found')
    const page = `/agent/rdvs/${String(typed.data.rdvId)}`
    try {
      if (fields.geste === 'quitter') {
        await caller.waitlist.leaveOfRdv(typed.data)
        return `${page}?place=plus-attente`
      }
      const joined = await caller.waitlist.joinOfRdv(typed.data)
      return `${page}?place=${joined.ok ? 'attente' : 'refus-attente'}`
    } catch (error) {
      if (faultIn(error)?.code !== 'unauthenticated') throw error
      return `/connexion?${new URLSearchParams({ retour: page }).toString()}`
    }
  },
  { backHref: AGENT_HOME },
)

export const GET = formPage(AGENT_HOME)
