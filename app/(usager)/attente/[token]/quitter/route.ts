import { formPage, formRoute } from '@/app/_lib/form-route'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

export const POST = formRoute(
  async ({ params, caller }) => {
    const link = linkSchema.safeParse(params)
    if (!link.success) throw new AppError('not-found')
    await caller.waitlist.leave(link.data)
    return `/attente/${link.data.token}`
  },
  { backHref: '/aide' },
)

export const GET = formPage('/aide')
