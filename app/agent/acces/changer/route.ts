import { formPage, formRoute } from '@/app/_lib/form-route'
import { withQuery } from '@/app/_lib/save-route'
import { idIn } from '@/app/_lib/search'
import type { grantNotices } from '@/app/_words/access'
import { setGrantSchema } from '@/server/access/schema'
import { faultIn } from '@/server/api'
import { AppError } from '@/server/kernel/errors'

const HERE = '/agent/acces'

export const POST = formRoute(
  async ({ fields, caller }) => {
    const page = pageFrom(fields)
    const typed = setGrantSchema.safeParse(fields)
    if (!typed.success) throw new AppError('invalid')
    try {
      const outcome = await caller.access.setGrant(typed.data)
      if (!outcome.ok) return withNotice(page, outcome.reason)
      return withNotice(page, typed.data.to === 'none' ? 'retire' : 'enregistre')
    } catch (error) {
      const code = faultIn(error)?.code
      if (code === 'unauthenticated') return `/connexion?${new URLSearchParams({ retour: page }).toString()}`
      if (code === 'not-found') return withNotice(page, 'introuvable')
      throw error
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)

const withNotice = (page: string, avis: keyof typeof grantNotices) => withQuery(page, { avis })

/** One's own accesses, or those of an agent one administers. */
function pageFrom({ agent, territoire }: Readonly<Record<string, string>>): string {
  const [agentId, territoryId] = [idIn(agent), idIn(territoire)]
  if (agentId === null || territoryId === null) return HERE
  return withQuery(`/configuration/agents/${agentId}`, { territoire: String(territoryId) })
}
