import { beginningOfBody } from '@/app/_lib/bounded-body'
import { faultIn, isMailServer, noteAccident, takeInMail } from '@/server/api'

/** What is kept of a mail, bytes: a little more than is read of it, so that its readers are told when it was cut. */
const MAX_KEPT_BYTES = 2_100_000
const MAX_ADDRESS = 320
const STATUS = { 'rate-limited': 429, unavailable: 503 } as const

const answer = (status: number) => new Response(null, { status })

/**
 * What the operator's mail server gives us: mails that nobody got, and answers, as they are (`message/rfc822`). It says our
 * secret, and where the mail was sent when the mail itself may not. Of a large one the beginning is taken. 429 and 503 ask it
 * to give it again.
 */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request
  const isKnown = isMailServer(/^Bearer (\S{1,200})$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '')
  if (isKnown === null) return answer(404)
  if (!isKnown) return answer(401)
  try {
    const raw = await beginningOfBody(request, MAX_KEPT_BYTES)
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
