import { formRoute } from '@/app/_lib/form-route'
import { setConsentByLinkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

export const POST = formRoute(
  async ({ params, fields, caller }) => {
    const said = setConsentByLinkSchema.safeParse({ ...params, channel: fields.channel, isOn: fields.isOn === 'oui' })
    if (!said.success) throw new AppError('not-found')
    await caller.booking.setConsentByLink(said.data)
    return `/r/${said.data.token}/messages?suite=note`
  },
  { backHref: '/aide' },
)

/** A scanner that follows the address changes nothing: it is shown the page with the buttons. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await context.params
  return new Response(null, { status: 303, headers: { location: `/r/${encodeURIComponent(token)}/messages` } })
}
