import { bodyWithin } from './bounded-body'
import { faultIn, noteAccident } from '@/server/api'

/** What a mail reader's button sends is one line. */
const MAX_BODY_BYTES = 4096

/**
 * The button of a mail reader, pressed for its person (RFC 8058): `stop` ends these e-mails. It comes from another site, with
 * no cookie; the token of its address says whose it is.
 */
export async function oneClick(request: Request, stop: () => Promise<unknown>): Promise<Response> {
  const body = (await bodyWithin(request, MAX_BODY_BYTES))?.toString('utf8')
  if (body === undefined) return new Response(null, { status: 413 })
  if (!/List-Unsubscribe=One-Click/.test(body)) return new Response(null, { status: 400 })
  try {
    await stop()
    return new Response(null, { status: 200 })
  } catch (error) {
    const fault = faultIn(error)
    if (!fault) noteAccident(error, request)
    return new Response(null, { status: fault ? (fault.code === 'rate-limited' ? 429 : 404) : 500 })
  }
}
