import { bodyWithin } from '@/app/_lib/bounded-body'
import { publicPage } from '@/app/_lib/public-page'
import { ConsentsPage } from '@/app/_parts/booking/consents'
import { AppError } from '@/server/kernel/errors'
import { consentTokenSchema } from '@/server/people/schema'
import { api, faultIn, noteAccident } from '@/server/api'

/** What a mail reader's button sends is one line. */
const MAX_BODY_BYTES = 4096

export const GET = publicPage({ title: 'Vos messages', isPersonal: true }, async ({ params, search }) => {
  const asked = consentTokenSchema.safeParse(params)
  if (!asked.success) throw new AppError('not-found')
  const sheet = await (await api()).people.getConsents(asked.data)
  return <ConsentsPage sheet={sheet} path={`/m/${asked.data.token}`} isJustSaid={search.suite === 'note'} />
})

/**
 * The button of a mail reader, pressed for its person (RFC 8058): no e-mails from then on. It comes from another site, with
 * no cookie; the token says whose it is.
 */
export async function POST(request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const asked = consentTokenSchema.safeParse(await context.params)
  if (!asked.success) return new Response(null, { status: 404 })
  const body = (await bodyWithin(request, MAX_BODY_BYTES))?.toString('utf8')
  if (body === undefined) return new Response(null, { status: 413 })
  if (!/List-Unsubscribe=One-Click/.test(body)) return new Response(null, { status: 400 })
  try {
    await (await api()).people.setConsent({ ...asked.data, channel: 'mail', isOn: false })
    return new Response(null, { status: 200 })
  } catch (error) {
    const fault = faultIn(error)
    if (!fault) noteAccident(error, request)
    return new Response(null, { status: fault ? (fault.code === 'rate-limited' ? 429 : 404) : 500 })
  }
}
