import { formRoute } from '@/app/_lib/form-route'
import type { MoveToRefusal } from '@/server/booking/rules/tunnel'
import { linkSchema, moveByLinkSchema } from '@/server/booking/schema'
import { AppError } from '@/server/kernel/errors'

/** Said beside fresh slots, around the time asked for. */
const ABOUT_THE_TIME: readonly MoveToRefusal[] = ['slot-taken', 'slot-past', 'not-offered']

export const POST = formRoute(
  async ({ params, fields, caller }) => {
    const link = linkSchema.safeParse(params)
    if (!link.success) throw new AppError('not-found')
    const path = `/r/${link.data.token}`
    const { creneau = '', depuis = '' } = fields
    const posted = { ...link.data, startAt: creneau, shownStart: depuis }
    if (!moveByLinkSchema.safeParse(posted).success) return `${path}/deplacer`
    const moved = await caller.booking.moveByLink(posted)
    if (moved.ok) return `${path}?suite=deplace`
    if (ABOUT_THE_TIME.includes(moved.reason)) return `${path}/deplacer/verifier?creneau=${creneau}`
    return `${path}/deplacer?${new URLSearchParams({ avis: moved.reason }).toString()}`
  },
  { backHref: '/aide' },
)

/** A scanner that follows the address changes nothing: it is shown the slots. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await context.params
  return new Response(null, { status: 303, headers: { location: `/r/${encodeURIComponent(token)}/deplacer` } })
}
