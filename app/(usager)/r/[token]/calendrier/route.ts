import { orNull } from '@/app/_parts/booking/ask'
import { linkSchema } from '@/server/booking/schema'
import { api } from '@/server/api'

/** The RDV for a calendar application. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const link = linkSchema.safeParse(await context.params)
  const caller = await api()
  const file = link.success ? await orNull(caller.booking.getIcsByLink(link.data)) : null
  if (!file) return new Response(null, { status: 303, headers: { location: '/aide' } })
  return new Response(file.text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${file.filename.replace(/[^\w.-]/g, '')}"`,
      'cache-control': 'private, no-store',
    },
  })
}
