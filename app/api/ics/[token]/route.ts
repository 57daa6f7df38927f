import { orNull } from '@/app/_parts/booking/ask'
import { linkSchema } from '@/server/booking/schema'
import { api } from '@/server/api'

/** An agent's calendar, for applications that subscribe to it. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const link = linkSchema.safeParse(await context.params)
  const file = link.success ? await orNull((await api()).booking.getCalendarFile(link.data)) : null
  if (!file) return new Response(null, { status: 404 })
  if (!file.ok) return new Response(null, { status: 410 })
  return new Response(file.value.text, {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, no-store' },
  })
}
