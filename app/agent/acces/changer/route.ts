import { formPage, formRoute } from '@/app/_lib/form-route'
import type { grantNotices } from '@/app/_words/access'
import { setGrantSchema } from '@/server/access/schema'
import { faultIn } from '@/server/api'
import { AppError } from '@/server/kernel/errors'

const HERE = '/agent/acces'

export const POST = formRoute(
  async ({ fields, caller }) => {
    const typed = setGrantSchema.safeParse(fields)
    if (!typed.success) throw new AppError('invalid')
    try {
      const outcome = await caller.access.setGrant(typed.data)
      if (!outcome.ok) return withNotice(outcome.reason)
      return withNotice(typed.data.to === 'none' ? 'retire' : 'enregistre')
    } catch (error) {
      const code = faultIn(error)?.code
      if (code === 'unauthenticated') return `/connexion?${new URLSearchParams({ retour: HERE }).toString()}`
      if (code === 'not-found') return withNotice('introuvable')
      throw error
    }
  },
  { backHref: HERE },
)

export const GET = formPage(HERE)

const withNotice = (avis: keyof typeof grantNotices) => `${HERE}?${new URLSearchParams({ avis }).toString()}`
