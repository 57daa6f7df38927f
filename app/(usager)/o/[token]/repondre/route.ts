import { formPage, formRoute } from '@/app/_lib/form-route'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

export const POST = formRoute(
  async ({ params, fields, caller }) => {
    const link = linkSchema.safeParse(params)
    if (!link.success) throw new AppError('not-found')
    const page = `/o/${link.data.token}`
    if (fields.geste === 'laisser') {
      await caller.waitlist.decline(link.data)
      return page
    }
    if (fields.geste === 'quitter') {
      await caller.waitlist.leaveByOffer(link.data)
      return page
    }
    // Whatever else may post here accepts nothing: a form that was cut short, a robot that follows addresses.
    if (fields.geste !== 'accepter') return page
    const accepted = await caller.waitlist.accept(link.data)
    return accepted.ok ? `${accepted.value.linkPath}?suite=plus-tot` : `${page}?avis=${accepted.reason}`
  },
  { backHref: '/aide' },
)

export const GET = formPage('/aide')
