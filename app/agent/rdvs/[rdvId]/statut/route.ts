import { formPage, formRoute } from '@/app/_lib/form-route'
import { AGENT_HOME, returnPath } from '@/server/access/rules/return-path'
import { faultIn } from '@/server/api'
import { setStatusSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

/** The status buttons of a page whose scripts have not come: same command, then back to the page. */
export const POST = formRoute(
  async ({ fields, params, caller }) => {
    const back = returnPath(fields.retour)
    const typed = setStatusSchema.safeParse({ rdvId: params.rdvId, from: fields.from, to: fields.to })
    if (!typed.success) throw new AppError('invalid')
    const { rdvId, to } = typed.data
    try {
      const outcome = await caller.booking.setStatus(typed.data)
      return withAnswer(back, { rdv: String(rdvId), ...(outcome.ok ? { fait: to } : { avis: outcome.reason }) })
    } catch (error) {
      if (faultIn(error)?.code !== 'unauthenticated') throw error
      return `/connexion?${new URLSearchParams({ retour: back }).toString()}`
    }
  },
  { backHref: AGENT_HOME },
)

export const GET = formPage(AGENT_HOME)

/** The page to come back to, with what became of the status; what an earlier answer said is dropped. */
function withAnswer(back: string, answer: Record<string, string>): string {
  const [path = AGENT_HOME, query = ''] = back.split('?')
  const params = new URLSearchParams(query)
  for (const name of ['rdv', 'fait', 'avis']) params.delete(name)
  for (const [name, value] of Object.entries(answer)) params.set(name, value)
  return `${path}?${params.toString()}`
}
