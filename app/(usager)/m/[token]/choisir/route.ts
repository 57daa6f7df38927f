import { formRoute } from '@/app/_lib/form-route'
import { AppError } from '@/server/kernel/errors'
import { setMailConsentSchema } from '@/server/people/schema'

export const POST = formRoute(
  async ({ params, fields, caller }) => {
    const said = setMailConsentSchema.safeParse({ ...params, isOn: fields.isOn === 'oui' })
    if (!said.success) throw new AppError('not-found')
    await caller.people.setMailConsent(said.data)
    return `/m/${said.data.token}?suite=note`
  },
  { backHref: '/aide' },
)

/** A scanner that follows the address changes nothing: it is shown the page with the buttons. */
export async function GET(_request: Request, context: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await context.params
  return new Response(null, { status: 303, headers: { location: `/m/${encodeURIComponent(token)}` } })
}
