import { bodyWithin } from '@/app/_lib/bounded-body'
import { api, faultIn, noteAccident, smsReplyOf } from '@/server/api'
import { consentTokenSchema } from '@/server/people/schema'

const MAX_BODY_BYTES = 16 * 1024
const STATUS = { 'not-found': 404, 'rate-limited': 429, unavailable: 503 } as const

/** What a gateway says that somebody answered. Its address is its secret; `numero` and `texte` say where to read them. */
export async function POST(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const asked = consentTokenSchema.safeParse(await context.params)
  if (!asked.success) return new Response(null, { status: 404 })
  const text = (await bodyWithin(request, MAX_BODY_BYTES))?.toString('utf8')
  if (text === undefined) return new Response(null, { status: 413 })
  const places = new URL(request.url).searchParams
  const reply = smsReplyOf(
    { contentType: request.headers.get('content-type') ?? '', text },
    { from: places.get('numero') ?? 'from', text: places.get('texte') ?? 'text' },
  )
  if (!reply || reply.from.length > 30) return new Response(null, { status: 400 })
  try {
    await (await api()).booking.receiveSmsReply({ ...asked.data, from: reply.from, text: reply.text.slice(0, 2000) })
    return new Response(null, { status: 204 })
  } catch (error) {
    const fault = faultIn(error)
    if (!fault) noteAccident(error, request)
    const code = fault?.code
    return new Response(null, { status: code && code in STATUS ? STATUS[code as keyof typeof STATUS] : 500 })
  }
}

/** A visit changes nothing. */
export const GET = () => new Response(null, { status: 404 })
