import { formPage, formRoute } from '@/app/_lib/form-route'
import { returnPath } from '@/server/access/rules/return-path'
import { faultIn } from '@/server/api'
import { setArrivalSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

const HERE = '/agent/accueil'

/** Somebody came in, or did not after all: then back to the page it was said on. */
export const POST = formRoute(
  async ({ fields, caller }) => {
    const back = returnPath(fields.retour)
    const typed = setArrivalSchema.safeParse({ ...fields, isHere: fields.present === 'oui' })
    if (!typed.success) throw new AppError('invalid')
    const { participationId, isHere } = typed.data
    try {
      const outcome = await caller.booking.setArrival(typed.data)
      if (!outcome.ok) return withNotice(back, { avis: outcome.reason })
      return withNotice(back, { avis: isHere ? 'arrive' : 'efface', personne: String(participationId) })
    } catch (error) {
      const code = faultIn(error)?.code
      if (code === 'unauthenticated') return `/connexion?${new URLSearchParams({ retour: back }).toString()}`
      if (code === 'not-found' || code === 'forbidden') return withNotice(back, { avis: 'introuvable' })
      throw error
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)

function withNotice(back: string, notice: Record<string, string>): string {
  const [path = HERE, query = ''] = back.split('?')
  const params = new URLSearchParams(query)
  for (const name of ['avis', 'personne']) params.delete(name)
  for (const [name, value] of Object.entries(notice)) params.set(name, value)
  return `${path}?${params.toString()}`
}
