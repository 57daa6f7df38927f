import { formRoute } from '@/app/_lib/form-route'

export const POST = formRoute(
  async ({ params, caller }) => {
    const { token = '' } = params
    const cancelled = await caller.booking.cancelByLink({ token })
    return `/r/${encodeURIComponent(token)}?suite=${cancelled.ok ? 'annule' : 'refus'}`
  },
  { backHref: '/aide' },
)

/** A scanner that follows the address changes nothing: it is shown the page with the button. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await context.params
  return new Response(null, { status: 303, headers: { location: `/r/${encodeURIComponent(token)}` } })
}
