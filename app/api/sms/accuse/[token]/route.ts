import { bodyWithin } from '@/app/_lib/bounded-body'
import { api, faultIn, noteAccident } from '@/server/api'
import { takeReceiptSchema } from '@/server/messaging/schema'

const MAX_BODY_BYTES = 16 * 1024
const STATUS = { 'not-found': 404, 'rate-limited': 429, unavailable: 503 } as const

const words = (typed: string | null): string[] =>
  (typed ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)

/**
 * What a gateway says became of an SMS. Its address is its secret. 404 and 503 ask it to say so again: we may not know that SMS
 * yet.
 */
export async function POST(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const [{ token }, asked] = [await context.params, new URL(request.url).searchParams]
  const text = (await bodyWithin(request, MAX_BODY_BYTES))?.toString('utf8')
  if (text === undefined) return new Response(null, { status: 413 })
  const typed = takeReceiptSchema.safeParse({
    token,
    body: { contentType: request.headers.get('content-type') ?? '', text },
    places: {
      ...{ reference: asked.get('reference') ?? 'id', state: asked.get('etat') ?? 'status' },
      ...{ delivered: words(asked.get('remis')), undelivered: words(asked.get('perdu')) },
    },
  })
  if (!typed.success) return new Response(null, { status: 404 })
  try {
    const outcome = await (await api()).messaging.takeReceipt(typed.data)
    return new Response(null, { status: outcome.ok ? 204 : 400 })
  } catch (error) {
    const code = faultIn(error)?.code
    if (!code) noteAccident(error, request)
    return new Response(null, { status: code && code in STATUS ? STATUS[code as keyof typeof STATUS] : 500 })
  }
}

/** A visit changes nothing. */
export const GET = () => new Response(null, { status: 404 })
