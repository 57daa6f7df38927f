import { bodyWithin } from '@/app/_lib/bounded-body'
import { faultIn, isMailServer, noteAccident, takeInMail } from '@/server/api'

/** Largest mail taken in, bytes: of one that is larger Next itself gives but the beginning. */
const MAX_MAIL_BYTES = 10_000_000
const MAX_ADDRESS = 320
const STATUS = { 'rate-limited': 429, unavailable: 503 } as const

const answer = (status: number) => new Response(null, { status })

/**
 * What the operator's mail server gives us: mails that nobody got, and answers, as they are (`message/rfc822`). It says our
 * secret, and where the mail was sent when the mail itself may not. 429 and 503 ask it to give it again.
 */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request
  const isKnown = isMailServer(/^Bearer (\S{1,200})$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '')
  if (isKnown === null) return answer(404)
  if (!isKnown) return answer(401)
  try {
    const raw = await bodyWithin(request, MAX_MAIL_BYTES)
    if (!raw) return answer(413)
    const envelopeTo = headers.get('x-envelope-to')?.slice(0, MAX_ADDRESS) ?? null
    const outcome = await takeInMail({ raw, envelopeTo })
    return answer(outcome.ok ? 204 : 400)
  } catch (error) {
    const code = faultIn(error)?.code
    if (!code) noteAccident(error, request)
    return answer(code && code in STATUS ? STATUS[code as keyof typeof STATUS] : 500)
  }
}

/** A visit changes nothing. */
export const GET = () => answer(404)
