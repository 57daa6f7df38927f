import { publicPage } from '@/app/_lib/public-page'
import { ConsentsPage } from '@/app/_parts/booking/consents'
import { AppError } from '@/server/kernel/errors'
import { consentTokenSchema } from '@/server/people/schema'
import { api, faultIn, noteAccident } from '@/server/api'

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
  const body = await request.text().then((text) => text.slice(0, 1000))
  if (!asked.success) return new Response(null, { status: 404 })
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
