import { formPage, formRoute } from '@/app/_lib/form-route'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

export const POST = formRoute(
  async ({ params, fields, caller }) => {
    const link = linkSchema.safeParse(params)
    if (!link.success) throw new AppError('not-found')
    const page = `/r/${link.data.token}`
    if (fields.geste === 'quitter') {
      await caller.waitlist.leaveByLink(link.data)
      return `${page}?suite=plus-attente`
    }
    const joined = await caller.waitlist.joinByLink(link.data)
    return `${page}?suite=${joined.ok ? 'attente' : 'refus-attente'}`
  },
  { backHref: '/aide' },
)

export const GET = formPage('/aide')
