import { formRoute } from '@/app/_lib/form-route'
import { linkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

export const POST = formRoute(
  async ({ params, caller }) => {
    const link = linkSchema.safeParse(params)
    if (!link.success) throw new AppError('not-found')
    const cancelled = await caller.booking.cancelByLink(link.data)
    return `/r/${link.data.token}?suite=${cancelled.ok ? 'annule' : 'refus'}`
  },
  { backHref: '/aide' },
)

/** A scanner that follows the address changes nothing: it is shown the page with the button. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await context.params
  return new Response(null, { status: 303, headers: { location: `/r/${encodeURIComponent(token)}` } })
}
